package dev.bailey.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class DetachKeysTest {
    private final DetachKeys keys = new DetachKeys();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private boolean type(int... typed) throws IOException {
        byte[] bytes = new byte[typed.length];
        for (int at = 0; at < typed.length; at++) {
            bytes[at] = (byte) typed[at];
        }
        return keys.pass(bytes, bytes.length, out);
    }

    @Test
    void pass_plainKeys_goOn() throws IOException {
        assertThat(type('a', 'b', 17)).isFalse();
        assertThat(out.toByteArray()).containsExactly('a', 'b', 17);
    }

    @Test
    void pass_bothKeysAtOnce_leavesAndKeepsThem() throws IOException {
        assertThat(type('a', 16, 17, 'b')).isTrue();
        assertThat(out.toByteArray()).containsExactly('a');
    }

    @Test
    void pass_bothKeysOneByOne_leaves() throws IOException {
        assertThat(type(16)).isFalse();
        assertThat(out.toByteArray()).isEmpty();
        assertThat(type(17)).isTrue();
    }

    @Test
    void pass_firstKeyAlone_isGivenBackWithTheNext() throws IOException {
        assertThat(type(16)).isFalse();
        assertThat(type('x')).isFalse();
        assertThat(out.toByteArray()).containsExactly(16, 'x');
    }

    @Test
    void pass_firstKeyTwice_stillLeaves() throws IOException {
        assertThat(type(16, 16)).isFalse();
        assertThat(type(17)).isTrue();
        assertThat(out.toByteArray()).containsExactly(16);
    }
}
