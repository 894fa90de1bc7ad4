package dev.bailey.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionTest {
    @Test
    void parse_majorAndMinor_readsNumbers() {
        assertThat(ApiVersion.parse("1.51")).contains(new ApiVersion(1, 51));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.", ".1", "v1.40", "1.40.1", "1.-1", "1. 4", "99999.1"})
    void parse_otherForm_isEmpty(String text) {
        assertThat(ApiVersion.parse(text)).isEmpty();
    }

    @Test
    void compareTo_minorOfTwoDigits_ordersByNumber() {
        assertThat(new ApiVersion(1, 9)).isLessThan(new ApiVersion(1, 40));
        assertThat(new ApiVersion(2, 0)).isGreaterThan(new ApiVersion(1, 51));
        assertThat(ApiVersion.NEWEST).hasToString("1.51");
    }
}
