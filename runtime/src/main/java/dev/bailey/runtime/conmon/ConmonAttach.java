package dev.bailey.runtime.conmon;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.SeqpacketSocket;
import dev.bailey.runtime.AttachStreams;
import dev.bailey.runtime.OutputFrame;
import dev.bailey.runtime.OutputStreamName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of conmon's attach socket.
 *
 * <p>Each packet from conmon starts with one byte: 2 for standard output, 3 for standard error. Each packet to it goes
 * to standard input as it is. The socket blocks, so one platform thread reads from it and another writes to it; callers
 * meet them at queues. A caller that reads slowly slows the process down, as a slow terminal would.
 */
public final class ConmonAttach implements AttachStreams {
    private static final Logger LOG = LoggerFactory.getLogger(ConmonAttach.class);
    /** conmon sends at most 8 KiB at a time, and one byte in front. */
    private static final int RECEIVE_BYTES = 64 * 1024;
    /** conmon reads packets into 32 KiB; what is longer would be cut. */
    private static final int SEND_BYTES = 16 * 1024;

    private static final int QUEUED_FRAMES = 16;
    private static final long OFFER_MILLIS = 200;
    private static final byte STDOUT = 2;
    private static final byte STDERR = 3;

    private final SeqpacketSocket socket;
    private final BlockingQueue<Optional<OutputFrame>> frames = new ArrayBlockingQueue<>(QUEUED_FRAMES);
    private final ExecutorService sender;
    private volatile boolean closed;

    private ConmonAttach(SeqpacketSocket socket, String name) {
        this.socket = socket;
        this.sender = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("stdin-" + name).factory());
        Thread.ofPlatform().daemon().name("output-" + name).start(this::receiveAll);
    }

    /** Attaches; output from now on is not missed. */
    public static ConmonAttach connect(Path attachSocket) throws LinuxException {
        return new ConmonAttach(
                SeqpacketSocket.connect(attachSocket),
                attachSocket.resolveSibling("").getFileName().toString());
    }

    @Override
    public Optional<OutputFrame> read() throws IOException {
        try {
            Optional<OutputFrame> frame = frames.take();
            if (frame.isEmpty()) {
                // For whoever asks again.
                frames.offer(frame);
            }
            return frame;
        } catch (InterruptedException interrupted) {
            throw interrupted("reading", interrupted);
        }
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        for (int done = 0; done < length && !closed; ) {
            int start = offset + done;
            int size = Math.min(SEND_BYTES, length - done);
            send(() -> socket.send(data, start, size));
            done += size;
        }
    }

    @Override
    public void closeStdin() throws IOException {
        if (!closed) {
            send(socket::shutdownWrite);
        }
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
        sender.shutdownNow();
        frames.clear();
        frames.offer(Optional.empty());
    }

    @FunctionalInterface
    private interface SocketAction {
        void run() throws LinuxException;
    }

    private void send(SocketAction action) throws IOException {
        try {
            sender.submit(() -> {
                        action.run();
                        return 0;
                    })
                    .get();
        } catch (ExecutionException failed) {
            // The process has ended, or its standard input is closed: as with a pipe, nobody reads this.
            LOG.debug("standard input of {} takes no more", sender, failed);
        } catch (RejectedExecutionException closedMeanwhile) {
            LOG.debug("closed while writing", closedMeanwhile);
        } catch (InterruptedException interrupted) {
            throw interrupted("writing", interrupted);
        }
    }

    private void receiveAll() {
        byte[] packet = new byte[RECEIVE_BYTES];
        try {
            for (int length = socket.receive(packet); length > 0; length = socket.receive(packet)) {
                if (length > 1 && (packet[0] == STDOUT || packet[0] == STDERR)) {
                    deliver(packet, length);
                }
            }
        } catch (LinuxException | IllegalStateException ended) {
            LOG.debug("attach socket ended", ended);
        } finally {
            put(Optional.empty());
        }
    }

    private void deliver(byte[] packet, int length) {
        OutputStreamName stream = packet[0] == STDERR ? OutputStreamName.STDERR : OutputStreamName.STDOUT;
        put(Optional.of(new OutputFrame(stream, Arrays.copyOfRange(packet, 1, length))));
    }

    // A client may leave while the queue is full, and then nobody would ever make room.
    private void put(Optional<OutputFrame> frame) {
        try {
            while (!closed && !frames.offer(frame, OFFER_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.trace("waiting for a slow reader");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static IOException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        IOException failure = new InterruptedIOException("interrupted while " + what + " an attached stream");
        failure.initCause(cause);
        return failure;
    }
}
