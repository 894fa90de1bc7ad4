package dev.bailey.daemon.docker;

import dev.bailey.api.stream.FrameHeader;
import dev.bailey.api.stream.StreamKind;
import dev.bailey.daemon.http.RawStream;
import dev.bailey.runtime.AttachStreams;
import dev.bailey.runtime.OutputFrame;
import dev.bailey.runtime.OutputStreamName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries bytes between a client and a process until the process has no more output or the client is gone.
 *
 * <p>Output is read by the calling thread, input by a virtual thread of its own, so that neither waits for the other.
 */
final class StreamPump {
    private static final Logger LOG = LoggerFactory.getLogger(StreamPump.class);
    private static final int BUFFER_BYTES = 32 << 10;

    private final AttachStreams process;
    private final RawStream client;
    private final Wanted wanted;

    /**
     * Which streams a client takes part in.
     *
     * @param stdin whether its bytes go to the process
     * @param stdout whether it gets the process's standard output
     * @param stderr whether it gets the process's standard error
     * @param tty whether output goes out as it comes; in frames otherwise
     */
    record Wanted(boolean stdin, boolean stdout, boolean stderr, boolean tty) {
        private boolean has(OutputStreamName stream) {
            return switch (stream) {
                case STDOUT -> stdout;
                case STDERR -> stderr;
            };
        }
    }

    StreamPump(AttachStreams process, RawStream client, Wanted wanted) {
        this.process = process;
        this.client = client;
        this.wanted = wanted;
    }

    /** Carries everything; the process's end is closed afterwards, and input ends when the client's end is. */
    void run() throws IOException {
        try (process) {
            Thread.ofVirtual().name("stdin").start(this::carryInput);
            carryOutput();
        }
    }

    private void carryOutput() throws IOException {
        Optional<OutputFrame> frame = process.read();
        while (frame.isPresent()) {
            if (wanted.has(frame.get().stream())) {
                write(client.output(), wanted.tty(), frame.get());
            }
            frame = process.read();
        }
    }

    /** Sends a piece of output, behind a header where there is no terminal. */
    static void write(OutputStream target, boolean tty, OutputFrame frame) throws IOException {
        byte[] data = frame.data();
        target.write(tty ? data : framed(kind(frame.stream()), data));
    }

    static byte[] framed(StreamKind kind, byte[] data) {
        ByteBuffer framed = ByteBuffer.allocate(FrameHeader.BYTES + data.length);
        new FrameHeader(kind, data.length).encode(framed);
        return framed.put(data).array();
    }

    static StreamKind kind(OutputStreamName stream) {
        return switch (stream) {
            case STDOUT -> StreamKind.STDOUT;
            case STDERR -> StreamKind.STDERR;
        };
    }

    private void carryInput() {
        try (InputStream input = client.input()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int count = input.read(buffer);
            while (count >= 0) {
                if (wanted.stdin()) {
                    process.write(buffer, 0, count);
                }
                count = input.read(buffer);
            }
            if (wanted.stdin()) {
                process.closeStdin();
            }
        } catch (IOException e) {
            // The output's side ends the exchange and says why: here it only shows that one end has gone.
            LOG.debug("input ends: {}", e.getMessage());
        }
    }
}
