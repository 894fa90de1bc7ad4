package dev.bailey.daemon.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Queries;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "0, Less than a second",
        "1, 1 second",
        "59, 59 seconds",
        "60, About a minute",
        "119, About a minute",
        "120, 2 minutes",
        "3599, 59 minutes",
        "3600, About an hour",
        "7200, 2 hours",
        "169200, 47 hours",
        "172800, 2 days",
        "1209600, 2 weeks",
        "5184000, 2 months",
        "63072000, 2 years",
        "-5, Less than a second"
    })
    void human_hasDockersWords(long seconds, String words) {
        assertThat(Times.human(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000, 2023-11-14T22:13:20Z",
        "1700000000.5, 2023-11-14T22:13:20.5Z",
        "1700000000.000000001, 2023-11-14T22:13:20.000000001Z",
        "2023-11-14T22:13:20Z, 2023-11-14T22:13:20Z",
        "2023-11-14T23:13:20.25%2B01:00, 2023-11-14T22:13:20.25Z"
    })
    void read_everyForm_isTheMoment(String text, Instant moment) {
        assertThat(Times.read(Queries.of("since=" + text), "since")).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "since=", "until=1"})
    void read_nothing_isEmpty(String query) {
        assertThat(Times.read(Queries.of(query), "since")).isEmpty();
    }

    @Test
    void readUntil_zero_isNone() {
        assertThat(Times.readUntil(Queries.of("until=0"))).isEmpty();
        assertThat(Times.readUntil(Queries.of("until=1"))).contains(Instant.ofEpochSecond(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2023-11-14", "1.0000000001", "9999999999999"})
    void read_badTime_saysWhatWouldBeRight(String text) {
        assertThatThrownBy(() -> Times.read(Queries.of("since=" + text), "since"))
                .isInstanceOf(HttpFailure.class)
                .hasMessage("query parameter since='" + text + "' is no time: want seconds since 1970 or RFC 3339,"
                        + " like 1700000000.5 or 2023-11-14T22:13:20Z");
    }

    @Test
    void nanos_alwaysHasNineDigits() {
        assertThat(Times.nanos(Instant.ofEpochSecond(1_700_000_000))).isEqualTo("2023-11-14T22:13:20.000000000Z");
        assertThat(Times.text(Instant.EPOCH)).isEqualTo("0001-01-01T00:00:00Z");
    }
}
