package dev.bailey.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminalTest {
    @Test
    void parseSize_rowsAndColumns_areInThatOrder() {
        assertThat(Terminal.Size.parse("24 80")).hasValue(new Terminal.Size(24, 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0 0", "24", "24 80 1", "-1 80", "a b", "999999 80"})
    void parseSize_noSize_isEmpty(String text) {
        assertThat(Terminal.Size.parse(text)).isEmpty();
    }
}
