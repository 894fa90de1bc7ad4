package dev.bailey.daemon.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.daemon.http.RawStream;
import dev.bailey.runtime.AttachStreams;
import dev.bailey.runtime.OutputFrame;
import dev.bailey.runtime.OutputStreamName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StreamPumpTest {
    private final ByteArrayOutputStream client = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "true, true, true, outerr",
        "true, false, true, out",
        "false, true, true, err",
        "true, true, false, '\u0001\0\0\0\0\0\0\u0003out\u0002\0\0\0\0\0\0\u0003err'",
        "false, true, false, '\u0002\0\0\0\0\0\0\u0003err'"
    })
    void run_output_isFramedAndChosen(boolean stdout, boolean stderr, boolean tty, String expected) throws IOException {
        FakeProcess process = new FakeProcess();

        new StreamPump(process, input(""), new StreamPump.Wanted(true, stdout, stderr, tty)).run();

        assertThat(client.toString(StandardCharsets.ISO_8859_1)).isEqualTo(expected);
        assertThat(process.closed).isTrue();
    }

    @Test
    void run_input_reachesTheProcessAndEnds() throws IOException {
        FakeProcess process = new FakeProcess();

        new StreamPump(process, input("hello"), new StreamPump.Wanted(true, true, true, true)).run();

        assertThat(process.stdin.toString(StandardCharsets.US_ASCII)).isEqualTo("hello");
    }

    @Test
    void run_inputNotWanted_isDropped() throws IOException {
        FakeProcess process = new FakeProcess();
        process.inputEnded.countDown();

        new StreamPump(process, input("hello"), new StreamPump.Wanted(false, true, true, true)).run();

        assertThat(process.stdin.size()).isZero();
    }

    private RawStream input(String text) {
        return new RawStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), client);
    }

    /** A process that writes two pieces once its input has ended, and ends. */
    private static final class FakeProcess implements AttachStreams {
        private final CountDownLatch inputEnded = new CountDownLatch(1);
        private final ByteArrayOutputStream stdin = new ByteArrayOutputStream();
        private int reads;
        private boolean closed;

        @Override
        public Optional<OutputFrame> read() throws IOException {
            try {
                inputEnded.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return switch (reads++) {
                case 0 ->
                    Optional.of(new OutputFrame(OutputStreamName.STDOUT, "out".getBytes(StandardCharsets.US_ASCII)));
                case 1 ->
                    Optional.of(new OutputFrame(OutputStreamName.STDERR, "err".getBytes(StandardCharsets.US_ASCII)));
                default -> Optional.empty();
            };
        }

        @Override
        public void write(byte[] data, int offset, int length) {
            stdin.write(data, offset, length);
        }

        @Override
        public void closeStdin() {
            inputEnded.countDown();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
