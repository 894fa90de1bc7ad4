package dev.bailey.engine.simulation;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Somebody who asks the engine for something and waits for the answer, on a thread of its own that runs only while
 * the stage is its own.
 */
final class Client {
    private final String name;
    private final Semaphore turn = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private volatile BooleanSupplier ready = () -> true;
    private volatile boolean ended;

    /** A client that begins when it is resumed; what its body throws must have been dealt with inside. */
    Client(String name, Runnable body) {
        this.name = name;
        Thread.ofVirtual().start(() -> {
            turn.acquireUninterruptibly();
            try {
                body.run();
            } finally {
                ended = true;
                back.release();
            }
        });
    }

    boolean isReady() {
        return ready.getAsBoolean();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Gives it the stage, and returns when it waits or has ended. */
    void resume() {
        turn.release();
        back.acquireUninterruptibly();
    }

    /** Gives the stage back; returns when the client is resumed. On its own thread. */
    void pauseUntil(BooleanSupplier condition) {
        ready = condition;
        back.release();
        turn.acquireUninterruptibly();
    }

    @Override
    public String toString() {
        return name;
    }
}
