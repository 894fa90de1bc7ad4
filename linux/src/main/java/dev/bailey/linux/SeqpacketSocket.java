package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.SocketCalls;
import dev.bailey.linux.internal.ffi.UnixSocketCalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A connected Unix socket that keeps packets apart: SOCK_SEQPACKET, see {@code unix(7)}.
 *
 * <p>One thread may send while another receives; any thread may close, which ends both. Calls block, so they are
 * refused on virtual threads, whose carriers they would hold.
 */
public final class SeqpacketSocket implements AutoCloseable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET_CLOEXEC = 5 | 02000000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int ECONNRESET = 104;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;

    private final FileDescriptor socket;
    private final String name;

    private SeqpacketSocket(FileDescriptor socket, String name) {
        this.socket = socket;
        this.name = name;
    }

    /** Connects to a socket file, however long its path is. */
    public static SeqpacketSocket connect(Path path) throws LinuxException {
        int number = LinuxException.check(SocketCalls.socket(AF_UNIX, SOCK_SEQPACKET_CLOEXEC, 0), "open socket", path);
        FileDescriptor socket = FileDescriptor.adopt(number, path.toString());
        try {
            connect(socket, path);
            return new SeqpacketSocket(socket, path.toString());
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    private static void connect(FileDescriptor socket, Path path) throws LinuxException {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length <= UnixSocketCalls.MAX_PATH_BYTES) {
            LinuxException.check(UnixSocketCalls.connect(socket.number(), path.toString()), "connect to", path);
            return;
        }
        try (FileDescriptor opened = FileDescriptor.open(path, FileDescriptor.Flag.PATH_ONLY)) {
            String shorter = "/proc/self/fd/" + opened.number();
            LinuxException.check(UnixSocketCalls.connect(socket.number(), shorter), "connect to", path);
        }
    }

    /**
     * Sends one packet; blocks while the other side does not take it.
     *
     * @throws LinuxException with {@code EPIPE} when the other side, or this socket, is closed
     */
    public void send(byte[] data, int offset, int length) throws LinuxException {
        requirePlatformThread();
        byte[] packet = Arrays.copyOfRange(data, offset, offset + length);
        int fd = socket.acquire();
        try {
            int result = SocketCalls.send(fd, packet, length, MSG_NOSIGNAL);
            while (result == -Errno.EINTR.number()) {
                result = SocketCalls.send(fd, packet, length, MSG_NOSIGNAL);
            }
            LinuxException.check(result, "send to", name);
        } finally {
            socket.release();
        }
    }

    /**
     * Receives one packet; blocks until there is one.
     *
     * @param target takes its start; what does not fit is lost
     * @return its length, or 0 when the other side, or this socket, is closed
     */
    public int receive(byte[] target) throws LinuxException {
        requirePlatformThread();
        int fd = socket.acquire();
        try {
            int result = UnixSocketCalls.receive(fd, target);
            while (result == -Errno.EINTR.number()) {
                result = UnixSocketCalls.receive(fd, target);
            }
            return result == -ECONNRESET ? 0 : LinuxException.check(result, "receive from", name);
        } finally {
            socket.release();
        }
    }

    /** Tells the other side that nothing more is sent; receiving goes on. */
    public void shutdownWrite() throws LinuxException {
        int fd = socket.acquire();
        try {
            int result = UnixSocketCalls.shutdown(fd, SHUT_WR);
            if (result != -Errno.ENOTCONN.number()) {
                LinuxException.check(result, "shut down", name);
            }
        } finally {
            socket.release();
        }
    }

    private static void requirePlatformThread() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("socket calls block: use a platform thread, not a virtual one");
        }
    }

    /** Closes the socket and ends calls that are inside it; harmless when closed already. */
    @Override
    public synchronized void close() {
        if (!socket.isClosed()) {
            UnixSocketCalls.shutdown(socket.number(), SHUT_RDWR);
            socket.close();
        }
    }
}
