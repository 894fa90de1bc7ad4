package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.InetCalls;
import dev.bailey.linux.internal.ffi.SocketCalls;
import java.net.InetSocketAddress;

/**
 * A UDP socket that never waits, in the network namespace of the thread that opened it: {@code udp(7)}.
 *
 * <p>It keeps that namespace alive until it is closed. Any thread may use or close it.
 */
public final class UdpSocket implements AutoCloseable {
    private static final int SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 04000 | 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_RCVBUF = 8;
    private static final int SO_REUSEPORT = 15;
    private static final int WOULD_WAIT = -Errno.EAGAIN.number();

    private final FileDescriptor socket;
    private final String address;

    private UdpSocket(FileDescriptor socket, String address) {
        this.socket = socket;
        this.address = address;
    }

    /**
     * Opens a socket that receives at an address, beside others that allow it as well.
     *
     * @param receiveBufferBytes how much may wait to be received, as far as the system lets it
     */
    public static UdpSocket bind(InetSocketAddress address, int receiveBufferBytes) throws LinuxException {
        UdpSocket opened = open(address);
        try {
            int fd = opened.socket.number();
            LinuxException.check(
                    SocketCalls.setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1), "share", SocketText.of(address));
            LinuxException.check(
                    SocketCalls.setOption(fd, SOL_SOCKET, SO_REUSEPORT, 1), "share", SocketText.of(address));
            LinuxException.check(
                    SocketCalls.setOption(fd, SOL_SOCKET, SO_RCVBUF, receiveBufferBytes),
                    "set buffer of",
                    SocketText.of(address));
            LinuxException.check(InetCalls.bind(fd, address), "bind UDP socket to", SocketText.of(address));
            return opened;
        } catch (LinuxException failure) {
            opened.close();
            throw failure;
        }
    }

    /** Opens a socket that talks to one address alone, from a port that the kernel chooses at random. */
    public static UdpSocket connect(InetSocketAddress address) throws LinuxException {
        UdpSocket opened = open(address);
        try {
            LinuxException.check(
                    InetCalls.connect(opened.socket.number(), address),
                    "connect UDP socket to",
                    SocketText.of(address));
            return opened;
        } catch (LinuxException failure) {
            opened.close();
            throw failure;
        }
    }

    private static UdpSocket open(InetSocketAddress address) throws LinuxException {
        int number = SocketCalls.socket(InetCalls.family(address.getAddress()), SOCK_DGRAM_NONBLOCK_CLOEXEC, 0);
        String name = "UDP socket of " + SocketText.of(address);
        return new UdpSocket(
                FileDescriptor.adopt(LinuxException.check(number, "open", name), name), SocketText.of(address));
    }

    /** Its descriptor, which it owns. */
    public FileDescriptor descriptor() {
        return socket;
    }

    /** The port that it receives at. */
    public int localPort() throws LinuxException {
        int fd = socket.acquire();
        try {
            return LinuxException.check(InetCalls.localPort(fd), "read the port of", address);
        } finally {
            socket.release();
        }
    }

    /** Sends a datagram to the address it is connected to; false when there is no room for it now. */
    public boolean send(byte[] datagram, int length) throws LinuxException {
        int fd = socket.acquire();
        try {
            return isSent(InetCalls.send(fd, datagram, 0, length));
        } finally {
            socket.release();
        }
    }

    /**
     * Sends a datagram to whom another came from; false when there is no room for it now.
     *
     * @param peer as {@link DatagramBatch#peer} gave it
     */
    public boolean sendTo(byte[] datagram, int length, long peer) throws LinuxException {
        int fd = socket.acquire();
        try {
            return isSent(InetCalls.sendTo(fd, datagram, length, peer));
        } finally {
            socket.release();
        }
    }

    private boolean isSent(int result) throws LinuxException {
        return result != WOULD_WAIT && LinuxException.check(result, "send to", address) >= 0;
    }

    /**
     * Receives a datagram.
     *
     * @param target takes its start, of at most 64 KiB
     * @return its length, or -1 when there is none now
     * @throws LinuxException with {@code ECONNREFUSED} when the address it is connected to refused an earlier one
     */
    public int receive(byte[] target) throws LinuxException {
        int fd = socket.acquire();
        try {
            int result = InetCalls.receive(fd, target, 0, target.length);
            return result == WOULD_WAIT ? -1 : LinuxException.check(result, "receive from", address);
        } finally {
            socket.release();
        }
    }

    /** Closes it; harmless when closed already. */
    @Override
    public void close() {
        socket.close();
    }
}
