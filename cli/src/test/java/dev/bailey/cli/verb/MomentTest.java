package dev.bailey.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.cli.options.UsageException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000, 250_000_000);

    @ParameterizedTest
    @CsvSource({
        "0s, 1700000000.250000000",
        "10m, 1699999400.250000000",
        "1h30m, 1699994600.250000000",
        "0.5s, 1699999999.750000000",
    })
    void of_howLongAgo_isCountedFromNow(String given, String moment) {
        assertThat(Moment.of("since", given, NOW)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1700000000", "1700000000.5", "2023-11-14T22:13:20Z", "", "10", "m", "30m1h", "yesterday"})
    void of_anythingElse_isLeftToTheDaemon(String given) {
        assertThat(Moment.of("since", given, NOW)).isEqualTo(given);
    }

    @Test
    void of_beforeTime_isRefused() {
        assertThatThrownBy(() -> Moment.of("since", "9999999999999999h", NOW))
                .isInstanceOf(UsageException.class)
                .hasMessage("--since 9999999999999999h is longer ago than there is time");
    }
}
