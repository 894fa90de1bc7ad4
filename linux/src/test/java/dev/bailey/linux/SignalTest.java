package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {

    @ParameterizedTest
    @CsvSource({"SIGTERM,15", "term,15", "9,9", "KILL,9", "SIGRTMIN+3,37", "RTMIN,34", "64,64", "sigsys,31"})
    void parse_knownForms_giveNumber(String text, int number) {
        assertThat(Signal.parse(text)).contains(new Signal(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SIG", "0", "65", "SIGFOO", "RTMIN+31", "-9", "9 "})
    void parse_anythingElse_isEmpty(String text) {
        assertThat(Signal.parse(text)).isEmpty();
    }

    @Test
    void toString_everyNumber_parsesBack() {
        for (int number = 1; number <= 64; number++) {
            Signal signal = new Signal(number);
            if (number != 32 && number != 33) { // the C library's own
                assertThat(Signal.parse(signal.toString())).contains(signal);
            }
        }
    }

    @Test
    void constructor_outOfRange_saysRange() {
        assertThatThrownBy(() -> new Signal(65)).hasMessage("signal 65: want 1 to 64");
    }
}
