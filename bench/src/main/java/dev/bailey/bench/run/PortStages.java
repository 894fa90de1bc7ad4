package dev.bailey.bench.run;

import dev.bailey.bench.contender.Bailey;
import dev.bailey.bench.contender.Client;
import dev.bailey.bench.contender.Contender;
import dev.bailey.bench.contender.DaemonContender;
import dev.bailey.bench.contender.Publisher;
import dev.bailey.bench.measure.Measurement;
import dev.bailey.bench.measure.Quantity;
import dev.bailey.bench.measure.Results;
import dev.bailey.bench.site.Interruption;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Ports published by all contenders that can, in turn, stage by stage with more published. Who is out here was measured
 * otherwise before: these contenders are there for ports alone.
 */
public final class PortStages {
    private static final int PLAIN_SLOT = 0;
    private static final int PORTS_SLOT = 1;
    private static final int RANGE_SLOT = 2;
    private static final String RANGE = "40000-49999:40000-49999";

    /** With more there a peer would take most of an hour. */
    private static final int PEER_POPULATION = 60;

    private final Course course;
    private final Entrants entrants;
    private final Results results;
    private final Consumer<String> progress;
    private final Map<Contender, Callers> callers = new HashMap<>();

    private record Callers(Client plain, Client publishing) {
        void close() throws IOException {
            plain.close();
            publishing.close();
        }
    }

    /** Prepares a run with contenders that nothing was done with yet; {@code progress} gets a line now and then. */
    public PortStages(Course course, Entrants entrants, Results results, Consumer<String> progress) {
        this.course = course;
        this.entrants = entrants;
        this.results = results;
        this.progress = progress;
    }

    /** Measures everything. */
    public void run() {
        entrants.each(DaemonContender.class, "start", DaemonContender::start);
        int there = 0;
        for (int population : Course.PUBLISHER_POPULATIONS) {
            fill(there, population);
            stage(population);
            there = population;
        }
    }

    private void fill(int from, int to) {
        for (Contender contender : entrants.running()) {
            if (contender.isPeer() && to > PEER_POPULATION) {
                entrants.dismiss(contender, "publishes for " + PEER_POPULATION + " containers only.");
                continue;
            }
            progress.accept(contender.name() + " publishes " + Publisher.PORTS + " ports of " + to + " each");
            entrants.attempt(contender, "publishing", () -> fill((Publisher) contender, from, to));
        }
    }

    private void fill(Publisher contender, int from, int to) throws IOException {
        int there = Filling.fill(contender, contender::connectPublishing, from, to, course.fillLimit());
        if (there < to) {
            entrants.dismiss(
                    contender,
                    "published for " + there + " of " + to + " containers in "
                            + course.fillLimit().toSeconds() + " s and is out.");
        }
    }

    private void stage(int population) {
        int ports = population * Publisher.PORTS;
        progress.accept("rounds with " + ports + " ports published");
        entrants.each(
                Publisher.class,
                "connecting",
                each -> callers.put(each, new Callers(each.connectPlain(), each.connectPublishing())));
        entrants.each(Publisher.class, "warm-up", each -> warmUp(each, population == 0));
        for (int round = 0; round < course.rounds(); round++) {
            entrants.each(Publisher.class, "publishing", each -> {
                for (int sample = 0; sample < (each.isPeer() ? 1 : course.samplesPerRound()); sample++) {
                    sample(each, ports);
                }
            });
        }
        entrants.each(Bailey.class, "range", bailey -> ranges(bailey, ports));
        entrants.each(Publisher.class, "closing", each -> callersOf(each).close());
    }

    private void warmUp(Publisher contender, boolean first) throws IOException {
        Callers by = callersOf(contender);
        int pairs = contender.isPeer() ? 0 : first ? course.warmUps() : course.samplesPerRound();
        for (int pair = 0; pair < pairs; pair++) {
            by.plain().attach(PLAIN_SLOT);
            by.publishing().attach(PORTS_SLOT);
            by.plain().detach(PLAIN_SLOT);
            by.publishing().detach(PORTS_SLOT);
        }
        by.publishing().attach(PORTS_SLOT);
        contender.verifyPublished(PORTS_SLOT);
        by.publishing().detach(PORTS_SLOT);
    }

    private Callers callersOf(Publisher contender) throws IOException {
        Callers by = callers.get(contender);
        if (by == null) {
            throw new IOException(contender.name() + " is not connected");
        }
        return by;
    }

    private void sample(Publisher contender, int ports) throws IOException {
        Callers by = callersOf(contender);
        add(contender, Quantity.ATTACH_WITHOUT_PORTS, ports, by.plain().attach(PLAIN_SLOT));
        by.plain().detach(PLAIN_SLOT);
        Interruption.sleepMillis(Benchmark.QUIET_MILLIS);
        add(contender, Quantity.ATTACH_WITH_PORTS, ports, by.publishing().attach(PORTS_SLOT));
        add(contender, Quantity.DETACH_WITH_PORTS, ports, by.publishing().detach(PORTS_SLOT));
        Interruption.sleepMillis(Benchmark.QUIET_MILLIS);
    }

    private void ranges(Bailey bailey, int ports) throws IOException {
        try (Client client = bailey.connectWithRange(RANGE)) {
            for (int sample = 0; sample < course.rounds() * course.samplesPerRound(); sample++) {
                add(bailey, Quantity.ATTACH_WITH_RANGE, ports, client.attach(RANGE_SLOT));
                client.detach(RANGE_SLOT);
                Interruption.sleepMillis(Benchmark.QUIET_MILLIS);
            }
        }
    }

    private void add(Contender contender, Quantity quantity, int ports, long nanos) {
        results.addNanos(new Measurement(contender.name(), quantity, ports), nanos);
    }
}
