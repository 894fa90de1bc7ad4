package dev.bailey.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results results = new Results();

    @Test
    void addNanos_isToldInMilliseconds() {
        results.addNanos(new Measurement("x", Quantity.ATTACH, 1), 1_500_000);

        assertThat(results.summary("x", Quantity.ATTACH, 1)).contains(new Summary(1, 1.5, 1.5, 1.5));
    }

    @Test
    void summary_otherPopulation_isAnotherSeries() {
        results.add(new Measurement("x", Quantity.ATTACH, 1), 7);

        assertThat(results.summary("x", Quantity.ATTACH, 100)).isEmpty();
        assertThat(results.summary("x", Quantity.DETACH, 1)).isEmpty();
    }

    @Test
    void summaries_keepTheOrderInWhichSeriesBegan() {
        Measurement late = new Measurement("b", Quantity.ATTACH, 1);
        Measurement early = new Measurement("z", Quantity.ATTACH, 1);
        results.add(early, 1);
        results.add(late, 1);
        results.add(early, 3);

        assertThat(results.summaries().keySet()).containsExactly(early, late);
        assertThat(results.summaries()).containsEntry(early, new Summary(2, 2, 1.2, 2.8));
    }

    @Test
    void measurement_negativePopulation_isRefused() {
        assertThatThrownBy(() -> new Measurement("x", Quantity.ATTACH, -1)).hasMessage("population -1 is below 0");
    }
}
