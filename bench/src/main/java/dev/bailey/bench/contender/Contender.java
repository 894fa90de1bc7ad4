package dev.bailey.bench.contender;

import java.io.IOException;

/**
 * One that gives network namespaces or containers their network, measured beside the others.
 *
 * <p>What it attaches has a number, its slot. Slots are made before any clock starts. Those below {@link #PROBES} are
 * attached and detached over and over, one by each client; the others are attached once, to be there meanwhile.
 */
public interface Contender extends AutoCloseable {
    /** How many slots are for measuring, and how many clients there are at most. */
    int PROBES = 4;

    /** Returns its name with its version, as the tables show it. */
    String name();

    /** Returns how many endpoints it is filled up to at most; more would take memory or time out of proportion. */
    int largestPopulation();

    /** Returns whether it is somebody else's: it takes tens or hundreds of milliseconds then, and one sample a round. */
    boolean isPeer();

    /** Makes what can be attached, until there are {@code count} slots. */
    void prepare(int count) throws IOException;

    /** Opens a client; each thread has its own. */
    Client connect() throws IOException;

    /**
     * Checks that a slot that was attached has its interface, address and default route, so that nothing is measured that
     * does not work.
     *
     * @throws IOException when it has not; the text says what is missing
     */
    void verify(int slot) throws IOException;

    @Override
    void close() throws IOException;
}
