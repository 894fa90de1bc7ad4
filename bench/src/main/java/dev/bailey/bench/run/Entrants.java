package dev.bailey.bench.run;

import dev.bailey.bench.contender.Contender;
import dev.bailey.bench.measure.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The contenders of a run. One that fails is out, with a note; the others go on. Confined to one thread.
 *
 * <p>It owns them: they are closed with it, those that are out as well.
 */
public final class Entrants implements AutoCloseable {
    private final Results results;
    private final List<Contender> all = new ArrayList<>();
    private final List<Contender> running = new ArrayList<>();

    /** Begins without any. */
    public Entrants(Results results) {
        this.results = results;
    }

    /** What is done with a contender. */
    @FunctionalInterface
    public interface Work<C> {
        /** Does it. */
        void with(C contender) throws IOException;
    }

    /** Makes a contender. */
    @FunctionalInterface
    public interface Maker {
        /** Makes it. */
        Contender make() throws IOException;
    }

    /** Adds a contender; if it cannot be made, a note says why. */
    public void add(String name, Maker maker) {
        try {
            Contender contender = maker.make();
            all.add(contender);
            running.add(contender);
        } catch (IOException failure) {
            results.note(name + " is left out: " + failure.getMessage());
        }
    }

    /** Returns the names of all, those that are out as well, in the order in which they were added. */
    public List<String> names() {
        return all.stream().map(Contender::name).toList();
    }

    /** Returns those that are not out. */
    public List<Contender> running() {
        return List.copyOf(running);
    }

    /** Does some work with each that is not out and is of a kind; one where it fails is out. */
    public <C extends Contender> void each(Class<C> kind, String what, Work<C> work) {
        for (Contender contender : running()) {
            if (kind.isInstance(contender)) {
                attempt(contender, what, () -> work.with(kind.cast(contender)));
            }
        }
    }

    /** A step that may fail. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /** Does a step of a contender; if it fails, the contender is out. */
    void attempt(Contender contender, String what, Step step) {
        if (!running.contains(contender)) {
            return;
        }
        try {
            step.run();
        } catch (IOException failure) {
            running.remove(contender);
            results.note(contender.name() + " failed (" + what + ") and is out: " + failure.getMessage());
        }
    }

    /** Takes a contender out, for a reason that is no failure. */
    void dismiss(Contender contender, String reason) {
        running.remove(contender);
        results.note(contender.name() + " " + reason);
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (Contender contender : all.reversed()) {
            try {
                contender.close();
            } catch (IOException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
