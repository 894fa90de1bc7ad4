package dev.bailey.engine.sequence;

import dev.bailey.lab.Lab;
import dev.bailey.lab.junit.LabExtension;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Some sequences; {@code ./bailey test sequences} plays more. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class SequenceLabTest {
    private static final int SEQUENCES = 8;

    @Test
    void play_anySequence_breaksNoInvariant(Lab lab) {
        String given = System.getenv("TEST_SEED");
        long first = given == null ? RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE) : Long.parseLong(given);
        int count = given == null ? SEQUENCES : 1;
        System.out.println("sequences: TEST_SEED=" + first + " and the " + (count - 1) + " after it");
        try (SequenceHost host = new SequenceHost(lab)) {
            for (long seed = first; seed < first + count; seed++) {
                new Sequence(host, seed).play();
            }
        }
    }
}
