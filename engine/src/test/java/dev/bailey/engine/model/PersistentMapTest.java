package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The hash trie against java.util.HashMap, with keys whose hashes collide in part and in whole. */
class PersistentMapTest {
    /** A key that chooses its hash. */
    private record Key(int number, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    private record Version(PersistentMap<Key, Integer> map, Map<Key, Integer> expected) {}

    @Test
    void withAndWithout_randomSteps_agreeWithHashMap() {
        RandomGenerator random = Seed.generator("withAndWithout_randomSteps_agreeWithHashMap");
        int[] hashMasks = {0, 0x3, 0x8000_0001, 0x1f << 25, -1};
        for (int mask : hashMasks) {
            List<Key> keys = keys(random, mask);
            List<Version> versions = new ArrayList<>();
            Version version = new Version(PersistentMap.empty(), Map.of());
            for (int step = 0; step < 2_000; step++) {
                version = next(random, version, keys.get(random.nextInt(keys.size())), step);
                if (step % 50 == 0) {
                    versions.add(version);
                }
            }
            versions.add(version);
            versions.forEach(v -> check(v, keys));
        }
    }

    private static List<Key> keys(RandomGenerator random, int hashMask) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add(new Key(i, random.nextInt() & hashMask));
        }
        return keys;
    }

    private static Version next(RandomGenerator random, Version last, Key key, int value) {
        Map<Key, Integer> expected = new HashMap<>(last.expected);
        if (random.nextBoolean()) {
            expected.put(key, value);
            return new Version(last.map.with(key, value), expected);
        }
        expected.remove(key);
        return new Version(last.map.without(key), expected);
    }

    /** Old versions are checked after all steps: none may have changed. */
    private static void check(Version version, List<Key> keys) {
        assertThat(version.map.size()).isEqualTo(version.expected.size());
        for (Key key : keys) {
            assertThat(version.map.get(key)).as(key.toString()).isEqualTo(version.expected.get(key));
        }
        assertThat(version.map.values())
                .containsExactlyInAnyOrderElementsOf(version.expected.values())
                .hasSize(version.expected.size());
    }

    @Test
    void without_lastKey_leavesTheEmptyMap() {
        PersistentMap<Integer, String> map =
                PersistentMap.<Integer, String>empty().with(7, "seven");
        assertThat(map.without(7)).isSameAs(PersistentMap.empty());
        assertThat(map.without(8)).isSameAs(map);
    }
}
