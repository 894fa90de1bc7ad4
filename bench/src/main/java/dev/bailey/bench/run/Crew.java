package dev.bailey.bench.run;

import dev.bailey.bench.contender.Client;
import dev.bailey.bench.contender.Contender;
import dev.bailey.bench.site.Interruption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several clients of one contender at work at once, each on a platform thread of its own. */
final class Crew {
    private Crew() {}

    /** What one client does. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @param number which of the clients this is, from 0
         */
        void run(Client client, int number) throws IOException;
    }

    /** Opens a client. */
    @FunctionalInterface
    interface Opening {
        /** Opens it. */
        Client open() throws IOException;
    }

    /**
     * Has all clients do their work, and waits for the last.
     *
     * @return how long it took from the moment at which all were connected, in nanoseconds
     * @throws IOException of the first that failed
     */
    static long work(Opening opening, Work work) throws IOException {
        CountDownLatch connected = new CountDownLatch(Contender.PROBES);
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(Contender.PROBES)) {
            List<Future<?>> outcomes = new ArrayList<>();
            for (int client = 0; client < Contender.PROBES; client++) {
                int number = client;
                outcomes.add(threads.submit(() -> {
                    one(opening, work, number, connected, go);
                    return number;
                }));
            }
            connected.await();
            long begin = System.nanoTime();
            go.countDown();
            for (Future<?> outcome : outcomes) {
                await(outcome);
            }
            return System.nanoTime() - begin;
        } catch (InterruptedException interrupted) {
            throw Interruption.during("waiting for clients", interrupted);
        }
    }

    private static void one(Opening opening, Work work, int number, CountDownLatch connected, CountDownLatch go)
            throws IOException, InterruptedException {
        Client client;
        try {
            client = opening.open();
        } finally {
            connected.countDown();
        }
        try (client) {
            go.await();
            work.run(client, number);
        }
    }

    private static void await(Future<?> outcome) throws IOException, InterruptedException {
        try {
            outcome.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException refusal) {
                throw refusal;
            }
            throw new IOException("a client failed: " + failure.getCause(), failure);
        }
    }
}
