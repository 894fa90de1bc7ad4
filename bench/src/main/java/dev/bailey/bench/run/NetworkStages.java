package dev.bailey.bench.run;

import dev.bailey.bench.contender.DaemonContender;
import dev.bailey.bench.contender.NetworkCaller;
import dev.bailey.bench.measure.Measurement;
import dev.bailey.bench.measure.Quantity;
import dev.bailey.bench.measure.Results;
import dev.bailey.bench.site.Interruption;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Networks made and removed by the daemons in turn, stage by stage with more of them there, and none left. */
final class NetworkStages {
    private static final String PROBE = "probe";
    private static final String FILLER = "filler";

    private final Course course;
    private final Entrants entrants;
    private final Results results;
    private final Consumer<String> progress;
    private final Map<DaemonContender, NetworkCaller> callers = new HashMap<>();

    NetworkStages(Course course, Entrants entrants, Results results, Consumer<String> progress) {
        this.course = course;
        this.entrants = entrants;
        this.results = results;
        this.progress = progress;
    }

    void run() {
        entrants.each(DaemonContender.class, "connecting", daemon -> callers.put(daemon, daemon.networks()));
        int there = 0;
        for (int population : Course.NETWORK_POPULATIONS) {
            progress.accept("networks with " + population + " there");
            for (; there < population; there++) {
                int number = there;
                each("network create", caller -> caller.create(FILLER + number));
            }
            warmUp(population);
            for (int round = 0; round < course.rounds(); round++) {
                sample(population);
            }
        }
        for (; there > 0; there--) {
            int number = there - 1;
            each("network remove", caller -> caller.remove(FILLER + number));
        }
        each("closing", NetworkCaller::close);
    }

    private interface Work {
        void with(NetworkCaller caller) throws IOException;
    }

    private void each(String what, Work work) {
        entrants.each(DaemonContender.class, what, daemon -> {
            NetworkCaller caller = callers.get(daemon);
            if (caller != null) {
                work.with(caller);
            }
        });
    }

    /** As many as of attaches; a peer, whose networks take a tenth of a second, as many as it gives samples. */
    private void warmUp(int population) {
        int pairs = population == Course.NETWORK_POPULATIONS.getFirst() ? course.warmUps() : course.samplesPerRound();
        entrants.each(DaemonContender.class, "warm-up", daemon -> {
            NetworkCaller caller = callers.get(daemon);
            for (int pair = 0; caller != null && pair < (daemon.isPeer() ? course.rounds() : pairs); pair++) {
                caller.create(PROBE);
                caller.remove(PROBE);
            }
        });
    }

    private void sample(int population) {
        entrants.each(DaemonContender.class, "network create and remove", daemon -> {
            NetworkCaller caller = callers.get(daemon);
            for (int n = 0; caller != null && n < (daemon.isPeer() ? 1 : course.samplesPerRound()); n++) {
                add(daemon, Quantity.NETWORK_CREATE, population, caller.create(PROBE));
                add(daemon, Quantity.NETWORK_REMOVE, population, caller.remove(PROBE));
                Interruption.sleepMillis(Benchmark.QUIET_MILLIS);
            }
        });
    }

    private void add(DaemonContender daemon, Quantity quantity, int population, long nanos) {
        results.addNanos(new Measurement(daemon.name(), quantity, population), nanos);
    }
}
