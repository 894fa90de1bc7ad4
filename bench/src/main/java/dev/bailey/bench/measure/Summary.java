package dev.bailey.bench.measure;

import java.util.Collection;
import java.util.Locale;

/**
 * What is told of a series of samples: how many, the median, and the range that holds four fifths of them.
 *
 * <p>Between two samples a percentile is interpolated linearly, so that the median of an even number is the mean of the
 * two in the middle.
 *
 * @param count how many samples, above 0
 * @param median the median, in the unit of the samples
 * @param p10 a tenth of the samples is below it
 * @param p90 a tenth of the samples is above it
 */
public record Summary(int count, double median, double p10, double p90) {
    /**
     * Returns the summary of some samples, in any order.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static Summary of(Collection<Double> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a summary of no samples");
        }
        double[] sorted =
                samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Summary(sorted.length, percentile(sorted, 0.5), percentile(sorted, 0.1), percentile(sorted, 0.9));
    }

    private static double percentile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** Returns {@code median [p10..p90] n=count}, with three significant digits each. */
    public String text() {
        if (count == 1) {
            return digits(median) + " n=1";
        }
        return "%s [%s..%s] n=%d".formatted(digits(median), digits(p10), digits(p90), count);
    }

    /** Returns a figure with three significant digits; from 1000 up, whole. */
    public static String digits(double value) {
        double size = Math.abs(value);
        int decimals = size >= 99.95 || size == 0 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
