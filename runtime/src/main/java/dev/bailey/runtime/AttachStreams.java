package dev.bailey.runtime;

import java.io.IOException;
import java.util.Optional;

/**
 * The streams of a running process, held by one client.
 *
 * <p>One thread may read while another writes; both calls may be made on virtual threads. Closing ends both with an
 * {@link IOException} or an empty answer, and leaves the process running.
 */
public interface AttachStreams extends AutoCloseable {
    /** Blocks until the process wrote something; empty when it ended or {@link #close} was called. */
    Optional<OutputFrame> read() throws IOException;

    /**
     * Hands bytes to the process's standard input; blocks while it does not take them. Bytes written to a process
     * without open standard input are dropped.
     *
     * @param data the array that holds them
     * @param offset of the first
     * @param length how many
     */
    void write(byte[] data, int offset, int length) throws IOException;

    /** Ends the process's standard input when the container was created with {@code stdinOnce}; idempotent. */
    void closeStdin() throws IOException;

    /** Lets go of the streams; idempotent. */
    @Override
    void close();
}
