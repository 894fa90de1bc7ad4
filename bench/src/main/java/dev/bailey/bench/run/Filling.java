package dev.bailey.bench.run;

import dev.bailey.bench.contender.Contender;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives a contender the endpoints that are there while it is measured, by several clients at once. */
final class Filling {
    private Filling() {}

    /**
     * Fills from one population to another.
     *
     * @param limit how long that may take
     * @return how many are there afterwards: {@code to}, or fewer when the time was over
     */
    static int fill(Contender contender, int from, int to, Duration limit) throws IOException {
        return fill(contender, contender::connect, from, to, limit);
    }

    /** As {@link #fill(Contender, int, int, Duration)}, by clients that are opened so. */
    static int fill(Contender contender, Crew.Opening opening, int from, int to, Duration limit) throws IOException {
        contender.prepare(Contender.PROBES + to);
        AtomicInteger next = new AtomicInteger(from);
        AtomicInteger there = new AtomicInteger(from);
        long deadline = System.nanoTime() + limit.toNanos();
        Crew.work(opening, (client, number) -> {
            while (System.nanoTime() < deadline) {
                int endpoint = next.getAndIncrement();
                if (endpoint >= to) {
                    return;
                }
                client.populate(Contender.PROBES + endpoint);
                there.incrementAndGet();
            }
        });
        return there.get();
    }
}
