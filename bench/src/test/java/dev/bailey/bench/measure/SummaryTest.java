package dev.bailey.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {
    @Test
    void of_oddNumber_medianIsTheOneInTheMiddle() {
        assertThat(Summary.of(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4.0);
    }

    @Test
    void of_evenNumber_medianIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Summary.of(List.of(4.0, 1.0, 9.0, 2.0)).median()).isEqualTo(3.0);
    }

    @Test
    void of_zeroToTen_percentilesAreTheSecondAndTheLastButOne() {
        List<Double> samples = DoubleStream.iterate(10, value -> value >= 0, value -> value - 1)
                .boxed()
                .toList();

        assertThat(Summary.of(samples)).isEqualTo(new Summary(11, 5.0, 1.0, 9.0));
    }

    @Test
    void of_twoSamples_percentilesAreBetweenThem() {
        Summary summary = Summary.of(List.of(10.0, 20.0));

        assertThat(summary.p10()).isEqualTo(11.0);
        assertThat(summary.p90()).isEqualTo(19.0);
    }

    @Test
    void of_nothing_isRefused() {
        assertThatThrownBy(() -> Summary.of(List.of())).hasMessage("a summary of no samples");
    }

    @Test
    void text_severalSamples_tellsMedianRangeAndNumber() {
        assertThat(Summary.of(List.of(0.5, 1.5, 250.0)).text()).isEqualTo("1.50 [0.700..200] n=3");
    }

    @Test
    void text_oneSample_hasNoRange() {
        assertThat(Summary.of(List.of(42.0)).text()).isEqualTo("42.0 n=1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.04567, 0.046",
        "0.99949, 0.999",
        "0.9996, 1.00",
        "9.994, 9.99",
        "9.996, 10.0",
        "99.94, 99.9",
        "99.96, 100",
        "1234.5, 1235",
        "-3.14159, -3.14"
    })
    void digits_threeThatCount(double value, String text) {
        assertThat(Summary.digits(value)).isEqualTo(text);
    }
}
