package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.InetCalls;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A TCP socket that never waits, in the network namespace of the thread that opened it: {@code tcp(7)}.
 *
 * <p>It keeps that namespace alive until it is closed, and, without {@link #reset}, for up to a minute longer. Any thread
 * may use or close it.
 */
public final class TcpSocket implements AutoCloseable {
    private static final int SOCK_STREAM = 1;
    private static final int EINPROGRESS = 115;
    private static final int ECONNABORTED = 103;
    private static final int WOULD_WAIT = -Errno.EAGAIN.number();

    private final FileDescriptor socket;
    private final String name;

    private TcpSocket(FileDescriptor socket, String name) {
        this.socket = socket;
        this.name = name;
    }

    /**
     * Opens a socket that accepts connections at an address.
     *
     * @param backlog how many connections may wait to be accepted
     */
    public static TcpSocket listen(InetSocketAddress address, int backlog) throws LinuxException {
        TcpSocket opened = open(address);
        try {
            InetSockets.bindShared(opened.socket, address);
            LinuxException.check(InetCalls.listen(opened.socket.number(), backlog), "listen at", opened.name);
            return opened;
        } catch (LinuxException failure) {
            opened.close();
            throw failure;
        }
    }

    /** Begins a connection: it is made when writing goes on, and then {@link #finishConnecting} says whether it was. */
    public static TcpSocket connect(InetSocketAddress address) throws LinuxException {
        TcpSocket opened = open(address);
        try {
            int result = InetCalls.connect(opened.socket.number(), address);
            if (result != -EINPROGRESS) {
                LinuxException.check(result, "connect", opened.name);
            }
            return opened;
        } catch (LinuxException failure) {
            opened.close();
            throw failure;
        }
    }

    private static TcpSocket open(InetSocketAddress address) throws LinuxException {
        String name = "TCP socket of " + InetSockets.text(address);
        return new TcpSocket(InetSockets.open(SOCK_STREAM, address, name), name);
    }

    /** Its descriptor, which it owns. */
    public FileDescriptor descriptor() {
        return socket;
    }

    /** Takes a connection that somebody has made; empty when there is none now. */
    public Optional<TcpSocket> accept() throws LinuxException {
        int fd = socket.acquire();
        try {
            int result = InetCalls.accept(fd);
            if (result == WOULD_WAIT || result == -ECONNABORTED) {
                return Optional.empty();
            }
            String accepted = "connection to " + name;
            return Optional.of(new TcpSocket(
                    FileDescriptor.adopt(LinuxException.check(result, "accept", accepted), accepted), accepted));
        } finally {
            socket.release();
        }
    }

    /** Checks that a connection that was begun has been made. */
    public void finishConnecting() throws LinuxException {
        int fd = socket.acquire();
        try {
            LinuxException.check(InetCalls.pendingError(fd), "connect", name);
        } finally {
            socket.release();
        }
    }

    /** Sends a part of {@code data} as far as there is room; returns how much. */
    public int write(byte[] data, int offset, int length) throws LinuxException {
        int fd = socket.acquire();
        try {
            int result = InetCalls.send(fd, data, offset, length);
            return result == WOULD_WAIT ? 0 : LinuxException.check(result, "write to", name);
        } finally {
            socket.release();
        }
    }

    /** Receives into a part of {@code target}; returns how much, 0 when there is nothing now, -1 at the end. */
    public int read(byte[] target, int offset, int length) throws LinuxException {
        int fd = socket.acquire();
        try {
            int result = InetCalls.receive(fd, target, offset, length);
            if (result == WOULD_WAIT) {
                return 0;
            }
            return result == 0 ? -1 : LinuxException.check(result, "read from", name);
        } finally {
            socket.release();
        }
    }

    /** Closes it at once, throwing away what was not sent: nothing of it is left in the kernel. */
    public void reset() {
        if (!socket.isClosed()) {
            InetCalls.resetOnClose(socket.number());
            socket.close();
        }
    }

    /** Closes it in good order, which may go on in the kernel; harmless when closed already. */
    @Override
    public void close() {
        socket.close();
    }
}
