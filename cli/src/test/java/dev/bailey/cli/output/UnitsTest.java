package dev.bailey.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, Less than a second",
        "1, 1 second",
        "59, 59 seconds",
        "60, About a minute",
        "120, 2 minutes",
        "3599, 59 minutes",
        "3600, About an hour",
        "7200, 2 hours",
        "169200, 47 hours",
        "172800, 2 days",
        "1209600, 2 weeks",
        "5184000, 2 months",
        "63072000, 2 years",
    })
    void duration_seconds_readAsPeopleSay(long seconds, String expected) {
        assertThat(Units.duration(Duration.ofSeconds(seconds))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "999, 999B",
        "1000, 1kB",
        "1234, 1.23kB",
        "72800000, 72.8MB",
        "999500, 1000kB",
        "4500000000, 4.5GB",
        "9223372036854775807, 9.22EB",
    })
    void size_bytes_haveThreeDigits(long bytes, String expected) {
        assertThat(Units.size(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"sha256:0123456789abcdef, 0123456789ab", "0123456789abcdef, 0123456789ab", "host, host"})
    void shortId_digestOrId_isTwelveDigits(String id, String expected) {
        assertThat(Units.shortId(id)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"abc, 3, abc", "abcd, 3, ab…", "äöüß, 3, äö…", "😀😀😀😀, 3, 😀😀…"})
    void shorten_longText_endsWithEllipsis(String text, int characters, String expected) {
        assertThat(Units.shorten(text, characters)).isEqualTo(expected);
    }
}
