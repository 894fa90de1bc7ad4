package dev.bailey.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.api.stream.FrameHeader;
import dev.bailey.api.stream.StreamKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class DemultiplexerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StandardStreams target = new StandardStreams(InputStream.nullInputStream(), out, err);

    private static byte[] frames(Object... kindsAndTexts) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        for (int at = 0; at < kindsAndTexts.length; at += 2) {
            byte[] text = ((String) kindsAndTexts[at + 1]).getBytes(UTF_8);
            new FrameHeader((StreamKind) kindsAndTexts[at], text.length).encode(buffer);
            buffer.put(text);
        }
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void copyFrames_bothStreams_keepsThemApart() throws IOException {
        byte[] bytes =
                frames(StreamKind.STDOUT, "a", StreamKind.STDERR, "b", StreamKind.STDOUT, "", StreamKind.STDOUT, "c");

        Demultiplexer.copyFrames(new ByteArrayInputStream(bytes), target);

        assertThat(out.toString(UTF_8)).isEqualTo("ac");
        assertThat(err.toString(UTF_8)).isEqualTo("b");
    }

    @Test
    void copyFrames_frameLargerThanTheBuffer_isWhole() throws IOException {
        String large = "0123456789".repeat(10_000);

        Demultiplexer.copyFrames(new ByteArrayInputStream(frames(StreamKind.STDERR, large)), target);

        assertThat(err.toString(UTF_8)).isEqualTo(large);
    }

    @Test
    void copyFrames_oneByteAtATime_isTheSame() throws IOException {
        byte[] bytes = frames(StreamKind.STDOUT, "hello ", StreamKind.STDOUT, "world");
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 1));
            }
        };

        Demultiplexer.copyFrames(slow, target);

        assertThat(out.toString(UTF_8)).isEqualTo("hello world");
    }

    @Test
    void copyFrames_cutAnywhereInsideAFrame_isAnError() throws IOException {
        byte[] bytes = frames(StreamKind.STDOUT, "abc");
        for (int length = 1; length < bytes.length; length++) {
            InputStream cut = new ByteArrayInputStream(bytes, 0, length);
            assertThatThrownBy(() -> Demultiplexer.copyFrames(cut, target))
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("in the middle of a frame");
        }
    }

    @Test
    void copyFrames_plainText_isAnError() {
        InputStream plain = new ByteArrayInputStream("plain text".getBytes(UTF_8));

        assertThatThrownBy(() -> Demultiplexer.copyFrames(plain, target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no frame header");
    }

    @Test
    void copyRaw_anything_isUnchanged() throws IOException {
        byte[] bytes = frames(StreamKind.STDOUT, "raw");

        Demultiplexer.copyRaw(new ByteArrayInputStream(bytes), out);

        assertThat(out.toByteArray()).isEqualTo(bytes);
    }
}
