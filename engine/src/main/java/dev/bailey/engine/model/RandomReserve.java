package dev.bailey.engine.model;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * Random bytes fetched many at a time: a source that asks the kernel costs as much for a hundred ids as for one.
 * Thread-safe.
 */
final class RandomReserve implements RandomGenerator {
    private static final int BYTES = 4096;

    private final RandomGenerator source;
    private final byte[] reserve = new byte[BYTES];
    private int used = BYTES;

    RandomReserve(RandomGenerator source) {
        this.source = source;
    }

    @Override
    public synchronized void nextBytes(byte[] bytes) {
        if (bytes.length > BYTES) {
            source.nextBytes(bytes);
            return;
        }
        if (bytes.length > BYTES - used) {
            source.nextBytes(reserve);
            used = 0;
        }
        System.arraycopy(reserve, used, bytes, 0, bytes.length);
        used += bytes.length;
    }

    @Override
    public long nextLong() {
        byte[] bytes = new byte[Long.BYTES];
        nextBytes(bytes);
        return ByteBuffer.wrap(bytes).getLong();
    }
}
