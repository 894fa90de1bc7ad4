package dev.bailey.bench.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The samples of a run, and what there is to say about it. Confined to one thread. */
public final class Results {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<Measurement, List<Double>> samples = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** Adds one sample, in the unit of its quantity. */
    public void add(Measurement measurement, double sample) {
        samples.computeIfAbsent(measurement, key -> new ArrayList<>()).add(sample);
    }

    /** Adds one sample of a quantity that is told in milliseconds. */
    public void addNanos(Measurement measurement, long nanos) {
        add(measurement, nanos / NANOS_PER_MILLI);
    }

    /** Adds a sentence that belongs below the tables. */
    public void note(String sentence) {
        notes.add(sentence);
    }

    /** Returns the summary of a series, or empty when nothing was measured. */
    public Optional<Summary> summary(String contender, Quantity quantity, int population) {
        return Optional.ofNullable(samples.get(new Measurement(contender, quantity, population)))
                .map(Summary::of);
    }

    /** Returns the summaries of all series, in the order in which they began. */
    public Map<Measurement, Summary> summaries() {
        Map<Measurement, Summary> summaries = new LinkedHashMap<>();
        samples.forEach((measurement, series) -> summaries.put(measurement, Summary.of(series)));
        return summaries;
    }

    /** Returns the sentences, in the order in which they came. */
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
