package dev.bailey.bench.run;

import dev.bailey.bench.contender.Contender;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how many attaches and detaches several clients get done in a while, each on a slot of its own. */
final class Windows {
    private static final double NANOS_PER_SECOND = 1e9;

    private Windows() {}

    /** Returns the attach+detach pairs per second. */
    static double pairsPerSecond(Contender contender, Duration length) throws IOException {
        AtomicInteger pairs = new AtomicInteger();
        long nanos = Crew.work(contender::connect, (client, number) -> {
            long deadline = System.nanoTime() + length.toNanos();
            while (System.nanoTime() < deadline) {
                client.attach(number);
                client.detach(number);
                pairs.incrementAndGet();
            }
        });
        return pairs.get() * NANOS_PER_SECOND / nanos;
    }
}
