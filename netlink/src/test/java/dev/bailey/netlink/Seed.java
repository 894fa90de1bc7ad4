package dev.bailey.netlink;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The source of chance in tests: prints its seed, and takes another one from the environment's TEST_SEED. */
public final class Seed {

    private Seed() {}

    /** A generator whose seed is printed under the test's name, so that a failure can be played again. */
    public static RandomGenerator generator(String test) {
        String given = System.getenv("TEST_SEED");
        long seed = given == null ? System.nanoTime() : Long.parseLong(given);
        System.out.println(test + ": TEST_SEED=" + seed);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
