package dev.bailey.cli.terminal;

import dev.bailey.cli.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;

/**
 * A person's standard streams joined to those of a process in a container.
 *
 * <p>Output is copied by the caller's thread; input by a daemon thread, which may stay blocked on the
 * keyboard after the end, as nothing can wake it.
 */
public final class Attachment {
    private static final int INPUT_BUFFER_BYTES = 16 * 1024;

    private final Response stream;
    private final StandardStreams local;
    private final boolean terminal;
    private volatile boolean left;

    /** How an attachment ended. */
    public enum End {
        /** The process closed its output. */
        PROCESS_ENDED,
        /** The person pressed the detach keys; the process goes on. */
        PERSON_LEFT
    }

    /**
     * Creates an attachment over an upgraded connection; nothing flows yet.
     *
     * @param terminal whether the process runs on a terminal, so that its output has no frames
     */
    public Attachment(Response stream, StandardStreams local, boolean terminal) {
        this.stream = stream;
        this.local = local;
        this.terminal = terminal;
    }

    /**
     * Starts to send what the person types; its end is passed on, and output goes on after it.
     *
     * @param detachable whether Ctrl-P Ctrl-Q leaves: where it is the person's keyboard
     */
    public void startInput(boolean detachable) {
        Thread thread = new Thread(() -> sendInput(detachable), "standard-input");
        thread.setDaemon(true);
        thread.start();
    }

    private void sendInput(boolean detachable) {
        OutputStream out = stream.connection().output();
        DetachKeys keys = new DetachKeys();
        byte[] buffer = new byte[INPUT_BUFFER_BYTES];
        try {
            for (int read = local.in().read(buffer);
                    read >= 0;
                    read = local.in().read(buffer)) {
                if (!detachable) {
                    out.write(buffer, 0, read);
                } else if (keys.pass(buffer, read, out)) {
                    out.flush();
                    left = true;
                    stream.close();
                    return;
                }
                out.flush();
            }
            stream.connection().closeOutput();
        } catch (IOException e) {
            // The process takes no more input. Its output tells what happened, and is still read.
            return;
        }
    }

    /**
     * Copies output until the process ends or the person leaves.
     *
     * @throws IOException if output cannot be written, or ends in the middle of a frame
     */
    public End copyOutput() throws IOException {
        try {
            if (terminal) {
                Demultiplexer.copyRaw(stream.body(), local.out());
            } else {
                Demultiplexer.copyFrames(stream.body(), local);
            }
        } catch (SocketException | ClosedChannelException e) {
            // A reset is the end of a process that left input unread; closing is what the detach keys do.
            return end();
        }
        return end();
    }

    private End end() {
        return left ? End.PERSON_LEFT : End.PROCESS_ENDED;
    }
}
