package dev.bailey.engine.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The little that the store needs of one directory; tests put one in its place that fails and forgets. */
interface Disk {
    /** The path of a file, for messages. */
    Path path(String name);

    /** The whole content of a file, if there is one. */
    Optional<byte[]> read(String name) throws IOException;

    /** A new file, or an existing one emptied, to write to. */
    DiskFile create(String name) throws IOException;

    /** Gives a file another name; the file that had that name is gone in the same instant. */
    void rename(String from, String to) throws IOException;

    /** Removes a file; without one it does nothing. */
    void delete(String name) throws IOException;

    /** Returns once the names in the directory will survive a loss of power. */
    void syncNames() throws IOException;

    /** An open file. Writing and syncing may happen on two threads at once. */
    interface DiskFile extends AutoCloseable {
        /** Writes at least one byte of the range, and says how many. */
        int write(long position, byte[] bytes, int offset, int length) throws IOException;

        /** Writes all bytes. */
        default void writeAll(long position, byte[] bytes) throws IOException {
            int done = 0;
            while (done < bytes.length) {
                done += write(position + done, bytes, done, bytes.length - done);
            }
        }

        /** Returns once all that was written before will survive a loss of power. */
        void sync() throws IOException;

        @Override
        void close() throws IOException;
    }
}
