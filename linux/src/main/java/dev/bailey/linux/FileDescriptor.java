package dev.bailey.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.linux.internal.ffi.FileCalls;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Set;

/**
 * An open file of this process with one owner, who closes it.
 *
 * <p>Every descriptor is close-on-exec. Closing twice is harmless; use after closing is an
 * {@link IllegalStateException}. Any thread may use or close it: a close while another thread is
 * inside a call takes effect when that call returns, so that the number is never reused under it.
 */
public final class FileDescriptor implements AutoCloseable {

    /** How a file is opened: the {@code O_*} bits of asm-generic/fcntl.h, the same on x86-64 and aarch64. */
    public enum Flag {
        /** For reading alone. */
        READ_ONLY(0),
        /** For writing alone. */
        WRITE_ONLY(1),
        /** For reading and writing. */
        READ_WRITE(2),
        /** Make the file where it is not there. */
        CREATE(0100),
        /** With {@link #CREATE}: fail where it is there. */
        EXCLUSIVE(0200),
        /** Throw away what is in it. */
        TRUNCATE(01000),
        /** Write at its end. */
        APPEND(02000),
        /** Answer {@code EAGAIN} instead of waiting. */
        NON_BLOCKING(04000),
        /** As a place in the tree, neither to be read nor written. */
        PATH_ONLY(010000000);

        private final int bits;

        Flag(int bits) {
            this.bits = bits;
        }
    }

    private static final int O_CLOEXEC = 02000000;
    private static final int DEFAULT_MODE = 0644;
    private static final int READ_CHUNK_BYTES = 8192;

    private final int number;
    private final String description;

    // Both guarded by this; no foreign code is called under the lock but close(2).
    private int users;
    private boolean closed;

    private FileDescriptor(int number, String description) {
        this.number = number;
        this.description = description;
    }

    /**
     * Opens a file, close-on-exec, creating with mode 0644 less the umask where asked to create.
     *
     * @throws LinuxException with the path and the errno
     */
    public static FileDescriptor open(Path path, Flag... flags) throws LinuxException {
        int bits = O_CLOEXEC;
        for (Flag flag : Set.of(flags)) {
            bits |= flag.bits;
        }
        String name = path.toString();
        return new FileDescriptor(LinuxException.check(FileCalls.open(name, bits, DEFAULT_MODE), "open", name), name);
    }

    /** Takes ownership of a raw descriptor; {@code description} names it in errors. */
    static FileDescriptor adopt(int number, String description) {
        return new FileDescriptor(number, description);
    }

    /**
     * The raw number, still owned by this object: valid until it is closed.
     *
     * @throws IllegalStateException after closing
     */
    public synchronized int number() {
        requireOpen();
        return number;
    }

    /** Makes an empty file in memory, which goes with its last descriptor. */
    static FileDescriptor inMemory(String name) throws LinuxException {
        return new FileDescriptor(LinuxException.check(FileCalls.memfd(name), "make a file in memory", name), name);
    }

    /** Goes back to the beginning, for all who share the descriptor. */
    void rewind() throws LinuxException {
        int fd = acquire();
        try {
            LinuxException.check(FileCalls.rewind(fd), "rewind", description);
        } finally {
            release();
        }
    }

    /** Reads the whole file from its beginning as UTF-8 text. */
    String readAgain() throws LinuxException {
        rewind();
        return readText();
    }

    /** Reads to the end of the file as UTF-8 text. */
    String readText() throws LinuxException {
        int fd = acquire();
        try {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            byte[] chunk = new byte[READ_CHUNK_BYTES];
            int length = LinuxException.check(FileCalls.read(fd, chunk), "read", description);
            while (length > 0) {
                text.write(chunk, 0, length);
                length = LinuxException.check(FileCalls.read(fd, chunk), "read", description);
            }
            return text.toString(UTF_8);
        } finally {
            release();
        }
    }

    /** Writes UTF-8 text in one call. */
    void writeText(String text) throws LinuxException {
        int fd = acquire();
        try {
            LinuxException.check(FileCalls.write(fd, text.getBytes(UTF_8)), "write", description);
        } finally {
            release();
        }
    }

    /** The number for a call about to be made: the file stays open until {@link #release}. */
    synchronized int acquire() {
        requireOpen();
        users++;
        return number;
    }

    /** Ends what {@link #acquire} began. */
    synchronized void release() {
        users--;
        closeIfUnused();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Closes the file, at once or when the calls that are inside it have returned. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            closeIfUnused();
        }
    }

    // Linux frees the number even where close reports an error, so there is nothing to retry.
    private void closeIfUnused() {
        if (closed && users == 0) {
            FileCalls.close(number);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the descriptor of " + description + " is closed");
        }
    }

    /** The number and what it is open on. */
    @Override
    public String toString() {
        return "fd " + number + " (" + description + ")";
    }
}
