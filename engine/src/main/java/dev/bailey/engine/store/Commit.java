package dev.bailey.engine.store;

/**
 * A record on its way to the disk. It survives the end of the process from the start, and a loss of power once it is
 * durable: what lies between can be used for other work. Thread-safe.
 */
public final class Commit {
    private final JournalWriter writer;
    private final long number;

    Commit(JournalWriter writer, long number) {
        this.writer = writer;
        this.number = number;
    }

    /** Has the disk begin with it at once: whoever waits later on waits for less. Returns at once. */
    public void hasten() {
        writer.hasten(number);
    }

    /**
     * Returns once this record, and with it all before, would survive a loss of power.
     *
     * @throws StoreException when the disk refuses or does not answer
     */
    public void awaitDurable() {
        writer.awaitDurable(number);
    }
}
