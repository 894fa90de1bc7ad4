package dev.bailey.engine.kernel.linux;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The platform thread that asks the kernel questions: netlink calls block, so no virtual thread may make them. It is in
 * the network namespace of the thread that started it.
 */
final class ObserverThread implements AutoCloseable {
    private final ExecutorService thread;

    private ObserverThread(ExecutorService thread) {
        this.thread = thread;
    }

    static ObserverThread start() {
        ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("bailey-observer").daemon(true).factory());
        // The thread is made now, by the caller: a later one might be made from another namespace.
        thread.execute(() -> {});
        return new ObserverThread(thread);
    }

    /** A question. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws IOException;
    }

    /** Asks when the questions before are answered; whoever waits may be interrupted, the question goes on. */
    <T> T ask(Question<T> question) {
        Callable<T> task = question::ask;
        Future<T> answer = thread.submit(task);
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the kernel's answer", interrupted);
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case IOException refusal -> throw Refusals.translated(refusal);
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(failure);
            }
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
