package dev.bailey.engine.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.Seed;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The paged bitmap against java.util.BitSet, and at its largest size. */
class AddressBitmapTest {
    @Test
    void addAndRemove_randomSteps_agreeWithBitSet() {
        RandomGenerator random = Seed.generator("addAndRemove_randomSteps_agreeWithBitSet");
        for (int size : new int[] {1, 2, 63, 64, 65, 4095, 4096, 4097, 3 * 4096 + 7}) {
            AddressBitmap bitmap = new AddressBitmap(size);
            BitSet expected = new BitSet();
            for (int step = 0; step < 20_000; step++) {
                fillOrToggle(random, bitmap, expected, size);
                int from = random.nextInt(size + 1);
                int absent = expected.nextClearBit(from);
                assertThat(bitmap.nextAbsent(from)).isEqualTo(absent < size ? absent : -1);
                int number = random.nextInt(size);
                assertThat(bitmap.contains(number)).isEqualTo(expected.get(number));
            }
        }
    }

    /** Mostly one number, at times a long stretch, so that pages get full and empty. */
    private static void fillOrToggle(RandomGenerator random, AddressBitmap bitmap, BitSet expected, int size) {
        int start = random.nextInt(size);
        int end = random.nextInt(500) == 0 ? Math.min(size, start + 6_000) : start + 1;
        boolean add = random.nextBoolean();
        for (int number = start; number < end; number++) {
            if (expected.get(number) != add) {
                expected.set(number, add);
                if (add) {
                    bitmap.add(number);
                } else {
                    bitmap.remove(number);
                }
            }
        }
    }

    @Test
    void nextAbsent_fullSlash8_findsTheOneHole() {
        int size = 1 << 24;
        AddressBitmap bitmap = new AddressBitmap(size);
        for (int number = 0; number < size; number++) {
            bitmap.add(number);
        }
        assertThat(bitmap.nextAbsent(0)).isEqualTo(-1);
        bitmap.remove(size - 2);
        assertThat(bitmap.nextAbsent(0)).isEqualTo(size - 2);
        assertThat(bitmap.nextAbsent(size - 1)).isEqualTo(-1);
    }
}
