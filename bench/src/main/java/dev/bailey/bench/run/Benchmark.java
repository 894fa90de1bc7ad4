package dev.bailey.bench.run;

import dev.bailey.bench.contender.Bailey;
import dev.bailey.bench.contender.Client;
import dev.bailey.bench.contender.Contender;
import dev.bailey.bench.contender.DaemonContender;
import dev.bailey.bench.measure.Measurement;
import dev.bailey.bench.measure.Quantity;
import dev.bailey.bench.measure.Results;
import dev.bailey.bench.site.Interruption;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One run of all contenders: start, then stage by stage with more endpoints, then start again with everything to recover.
 *
 * <p>Within a stage the contenders take turns, so that a change of the machine's mood is everybody's.
 */
public final class Benchmark {
    /** After a detach the kernel is at work for another 15 ms; nobody is measured meanwhile. */
    static final long QUIET_MILLIS = 20;

    /** A daemon's memory is looked at when its start is over. */
    private static final long SETTLE_MILLIS = 2000;

    private final Course course;
    private final Entrants entrants;
    private final Results results;
    private final Consumer<String> progress;

    /** Prepares a run; {@code progress} gets a line now and then. */
    public Benchmark(Course course, Entrants entrants, Results results, Consumer<String> progress) {
        this.course = course;
        this.entrants = entrants;
        this.results = results;
        this.progress = progress;
    }

    /** Measures everything. */
    public void run() {
        progress.accept("starts with nothing to recover");
        startRepeatedly();
        new NetworkStages(course, entrants, results, progress).run();
        int there = 0;
        for (int population : course.populations()) {
            fill(there, population);
            stage(population, there == 0);
            there = population;
        }
        int last = there;
        progress.accept("starts with " + last + " endpoints to recover");
        entrants.each(Bailey.class, "recovery", bailey -> recoverRepeatedly(bailey, last));
    }

    private void startRepeatedly() {
        for (int start = 0; start <= course.starts(); start++) {
            boolean counted = start > 0;
            entrants.each(DaemonContender.class, "start", daemon -> {
                daemon.stop();
                long nanos = daemon.start();
                if (counted) {
                    results.addNanos(of(daemon, Quantity.READY, 0), nanos);
                    Interruption.sleepMillis(SETTLE_MILLIS);
                    results.add(of(daemon, Quantity.RESIDENT, 0), daemon.residentMegabytes());
                }
            });
        }
        for (int round = 0; round < course.rounds(); round++) {
            entrants.each(
                    DaemonContender.class,
                    "list",
                    daemon -> results.addNanos(of(daemon, Quantity.LIST, 0), daemon.list()));
        }
    }

    private void fill(int from, int to) {
        for (Contender contender : entrants.running()) {
            if (contender.largestPopulation() < to) {
                entrants.dismiss(contender, "is filled up to " + contender.largestPopulation() + " endpoints only.");
                continue;
            }
            progress.accept("filling " + contender.name() + " up to " + to);
            entrants.attempt(contender, "filling", () -> {
                int there = Filling.fill(contender, from, to, course.fillLimit());
                if (there < to) {
                    long seconds = course.fillLimit().toSeconds();
                    entrants.dismiss(
                            contender, "had " + there + " of " + to + " endpoints after " + seconds + " s and is out.");
                }
            });
        }
    }

    private void stage(int population, boolean first) {
        progress.accept("rounds with " + population + " endpoints there");
        Turns turns = new Turns(entrants, course);
        turns.warmUp(first ? course.warmUps() : course.samplesPerRound());
        for (int round = 0; round < course.rounds(); round++) {
            turns.round(round, (contender, client) -> sample(contender, client, population));
        }
        turns.close();
        if (population == course.windowPopulation()) {
            windows(population);
        }
        for (Quantity look : Quantity.LOOKS) {
            entrants.each(Bailey.class, look.label(), bailey -> look(bailey, look, population));
        }
        entrants.each(
                DaemonContender.class,
                "memory",
                daemon -> results.add(of(daemon, Quantity.RESIDENT, population), daemon.residentMegabytes()));
    }

    private void sample(Contender contender, Client client, int population) throws IOException {
        results.addNanos(of(contender, Quantity.ATTACH, population), client.attach(0));
        results.addNanos(of(contender, Quantity.DETACH, population), client.detach(0));
        Interruption.sleepMillis(QUIET_MILLIS);
    }

    /** The first one is not counted: nobody has asked the daemon for this before. */
    private void look(Bailey bailey, Quantity look, int population) throws IOException {
        bailey.command(look.label());
        for (int round = 0; round < course.rounds(); round++) {
            results.addNanos(of(bailey, look, population), bailey.command(look.label()));
        }
    }

    private void windows(int population) {
        progress.accept("attach+detach by " + Contender.PROBES + " clients with " + population + " endpoints there");
        entrants.each(
                Contender.class,
                "clients at once",
                contender -> Windows.pairsPerSecond(contender, Duration.ofSeconds(1)));
        for (int window = 0; window < course.windows(); window++) {
            entrants.each(
                    Contender.class,
                    "clients at once",
                    contender -> results.add(
                            of(contender, Quantity.PAIRS, population),
                            Windows.pairsPerSecond(contender, course.windowLength())));
        }
    }

    private void recoverRepeatedly(Bailey bailey, int population) throws IOException {
        for (int start = 0; start < course.starts(); start++) {
            bailey.stop();
            results.addNanos(of(bailey, Quantity.READY, population), bailey.start());
            Interruption.sleepMillis(SETTLE_MILLIS);
            results.add(of(bailey, Quantity.RECOVERED, population), bailey.residentMegabytes());
        }
        bailey.verify(Contender.PROBES + population - 1);
    }

    private static Measurement of(Contender contender, Quantity quantity, int population) {
        return new Measurement(contender.name(), quantity, population);
    }
}
