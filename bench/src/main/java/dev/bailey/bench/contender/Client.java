package dev.bailey.bench.contender;

import java.io.IOException;

/** One caller of a contender. Confined to one thread. */
public interface Client extends AutoCloseable {
    /** Attaches a slot and returns how long that took, in nanoseconds. */
    long attach(int slot) throws IOException;

    /** Detaches a slot that is attached and returns how long that took, in nanoseconds. */
    long detach(int slot) throws IOException;

    /** Attaches a slot to stay, as one of the endpoints that are there while others are measured. */
    default void populate(int slot) throws IOException {
        attach(slot);
    }

    @Override
    void close() throws IOException;
}
