package dev.bailey.bench.site;

import java.io.InterruptedIOException;

/** An interruption of this thread, as an exception of input and output. */
public final class Interruption {
    private Interruption() {}

    /** Returns the exception, and marks the thread as interrupted again. */
    public static InterruptedIOException during(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interruption = new InterruptedIOException("interrupted while " + what);
        interruption.initCause(cause);
        return interruption;
    }

    /** Pauses this thread. */
    public static void sleepMillis(long millis) throws InterruptedIOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            throw during("pausing", interrupted);
        }
    }
}
