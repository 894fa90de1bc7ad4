package dev.bailey.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScreenTest {
    @Test
    void frame_textThatFits_isWrittenOverTheLastOne() {
        assertThat(Screen.frame("a\nb\n", 3)).isEqualTo("\u001b[Ha\u001b[K\nb\u001b[K\n\u001b[J");
    }

    @Test
    void frame_textThatIsLonger_saysHowMuchIsMissing() {
        assertThat(Screen.frame("a\nb\nc\n", 3)).isEqualTo("\u001b[Ha\u001b[K\nand 2 more\u001b[K\n\u001b[J");
        assertThat(Screen.frame("a\nb\n", 1)).isEqualTo("\u001b[Hand 2 more\u001b[K\n\u001b[J");
    }
}
