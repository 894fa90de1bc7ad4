package dev.bailey.runtime.conmon;

import dev.bailey.runtime.AttachStreams;
import dev.bailey.runtime.OutputFrame;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A client that attached before its process was started: it waits, and is connected before the process writes its
 * first byte.
 */
public final class PendingAttach implements AttachStreams {
    private final CompletableFuture<AttachStreams> connected = new CompletableFuture<>();

    /** Connects the client; streams that come too late, after {@link #close}, are closed. */
    public void connect(AttachStreams streams) {
        if (!connected.complete(streams)) {
            streams.close();
        }
    }

    /** Ends the waiting: the process will not be started. */
    public void abandon() {
        connected.complete(Ended.INSTANCE);
    }

    @Override
    public Optional<OutputFrame> read() throws IOException {
        return streams().read();
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        streams().write(data, offset, length);
    }

    @Override
    public void closeStdin() throws IOException {
        streams().closeStdin();
    }

    @Override
    public void close() {
        if (!connected.complete(Ended.INSTANCE)) {
            connected.join().close();
        }
    }

    private AttachStreams streams() throws IOException {
        try {
            return connected.join();
        } catch (CompletionException impossible) {
            throw new IOException(impossible);
        }
    }

    /** Streams of a process that is not there. */
    private enum Ended implements AttachStreams {
        INSTANCE;

        @Override
        public Optional<OutputFrame> read() {
            return Optional.empty();
        }

        @Override
        public void write(byte[] data, int offset, int length) {}

        @Override
        public void closeStdin() {}

        @Override
        public void close() {}
    }
}
