package dev.bailey.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @CsvSource({
        "172.17.0.1/16,172.17.0.1/16",
        "10.0.0.1,10.0.0.1/32",
        "0.0.0.0/0,0.0.0.0/0",
        "fd00::1/64,fd00::1/64",
        "::1,::1/128"
    })
    void parse_prefix_isPrintedInFull(String text, String printed) {
        assertThat(Prefix.parse(text)).hasToString(printed);
        assertThat(Prefix.parse(printed)).isEqualTo(Prefix.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "fd00::/129",
                "host/8",
                "1.2.3/8",
                "10",
                "010.0.0.1",
                "256.0.0.1",
                "1.2.3.4.5",
                "fe80::1%1/64",
                ":"
            })
    void parse_anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> Prefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_lengthOutOfRange_saysTheRange() {
        assertThatThrownBy(() -> Prefix.parse("10.0.0.0/33"))
                .hasMessage("/33 is not the length of a prefix of 10.0.0.0: it goes from 0 to 32");
    }

    @ParameterizedTest
    @CsvSource({"02:BA:0a:01:00:01,02:ba:0a:01:00:01", "00:00:00:00:00:00,00:00:00:00:00:00"})
    void hardwareAddress_anyCase_isLowerCase(String text, String printed) {
        assertThat(new HardwareAddress(text)).hasToString(printed);
        assertThat(HardwareAddress.of(new HardwareAddress(text).bytes())).isEqualTo(new HardwareAddress(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"02-ba-0a-01-00-01", "02:ba:0a:01:00:0", "02ba0a010001", "xx:00:00:00:00:00"})
    void hardwareAddress_anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> new HardwareAddress(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
