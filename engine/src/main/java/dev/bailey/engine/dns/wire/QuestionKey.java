package dev.bailey.engine.dns.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a question asks for, whatever the case of its letters and whoever asks: the key of what is remembered.
 *
 * <p>One that is used to look things up is filled again and again; one that is kept is a {@link #copy}.
 */
public final class QuestionKey {
    private static final int MAX_BYTES = Wire.MAX_NAME_BYTES + 5;

    private final byte[] bytes;
    private int length;
    private int hash;

    QuestionKey() {
        this.bytes = new byte[MAX_BYTES];
    }

    private QuestionKey(byte[] bytes, int hash) {
        this.bytes = bytes;
        this.length = bytes.length;
        this.hash = hash;
    }

    void clear() {
        length = 0;
        hash = 1;
    }

    void add(byte b) {
        bytes[length++] = b;
        hash = 31 * hash + b;
    }

    void add16(int value) {
        add((byte) (value >>> 8));
        add((byte) value);
    }

    /** A key that does not change any more. */
    public QuestionKey copy() {
        return new QuestionKey(Arrays.copyOf(bytes, length), hash);
    }

    /** Whether both ask for the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QuestionKey key
                && key.hash == hash
                && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
