package dev.bailey.lab;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WiringTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "198.51.100.2", "198.51.100.2/", "198.51.100.2/33", "host/24", "::1/129"})
    void prefix_notAnAddressWithALength_isRefused(String text) {
        assertThatThrownBy(() -> Wiring.prefix(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("198.51.100.2/24");
    }
}
