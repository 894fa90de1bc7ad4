package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitRateTest {
    @ParameterizedTest
    @CsvSource({
        "10mbit, 10000000, 10mbit",
        "10Mbit, 10000000, 10mbit",
        "1.5gbit, 1500000000, 1500mbit",
        "500kbps, 4000000, 4mbit",
        "1mibit, 1048576, 1048576bit",
        "1kibps, 8192, 8192bit",
        "8000, 8000, 8kbit",
        "100tbit, 100000000000000, 100tbit",
        "10 mbit, 10000000, 10mbit"
    })
    void parse_asTcDoes(String text, long bits, String printed) {
        BitRate rate = BitRate.parse(text);
        assertThat(rate.bitsPerSecond()).isEqualTo(bits);
        assertThat(rate).hasToString(printed);
        assertThat(BitRate.parse(printed)).isEqualTo(rate);
        assertThat(BitRate.ofBytes(rate.bytesPerSecond())).contains(rate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mbit", "10mb", "-1mbit", "1e6", "10m", "1kbit", "0", "101tbit", "999999999999999tbit"})
    void parse_noRate_isRefusedWithWhatWouldBeRight(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BitRate.parse(text))
                .withMessageMatching(".*(10mbit|8kbit to 100tbit).*");
    }
}
