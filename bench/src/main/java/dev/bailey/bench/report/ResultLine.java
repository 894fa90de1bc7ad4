package dev.bailey.bench.report;

import dev.bailey.bench.measure.Measurement;
import dev.bailey.bench.measure.Summary;
import io.avaje.jsonb.Json;

/**
 * One line of a file of results.
 *
 * @param time when the run began, as ISO 8601 has it
 * @param contender who was measured, with its version
 * @param quantity what was measured
 * @param unit of the figures
 * @param endpoints how many were there meanwhile
 * @param median the median
 * @param p10 a tenth of the samples is below it
 * @param p90 a tenth of the samples is above it
 * @param samples how many samples there are
 */
@Json
public record ResultLine(
        String time,
        String contender,
        String quantity,
        String unit,
        int endpoints,
        double median,
        double p10,
        double p90,
        int samples) {

    static ResultLine of(Environment environment, Measurement measurement, Summary summary) {
        return new ResultLine(
                environment.begin().toString(),
                measurement.contender(),
                measurement.quantity().label(),
                measurement.quantity().unit(),
                measurement.population(),
                summary.median(),
                summary.p10(),
                summary.p90(),
                summary.count());
    }
}
