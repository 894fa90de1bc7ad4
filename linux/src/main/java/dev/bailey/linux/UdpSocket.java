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
    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int WOULD_WAIT = -Errno.EAGAIN.number();

    private final FileDescriptor socket;
    private final String name;

    private UdpSocket(FileDescriptor socket, String name) {
        this.socket = socket;
        this.name = name;
    }

    /**
     * Opens a socket that receives at an address, beside others that allow it as well.
     *
     * @param receiveBufferBytes how much may wait to be received, as far as the system lets it
     */
    public static UdpSocket bind(InetSocketAddress address, int receiveBufferBytes) throws LinuxException {
        UdpSocket opened = open(address);
        try {
            int option = SocketCalls.setOption(opened.socket.number(), SOL_SOCKET, SO_RCVBUF, receiveBufferBytes);
            LinuxException.check(option, "set buffer of", opened.name);
            InetSockets.bindShared(opened.socket, address);
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
            LinuxException.check(InetCalls.connect(opened.socket.number(), address), "connect", opened.name);
            return opened;
        } catch (LinuxException failure) {
            opened.close();
            throw failure;
        }
    }

    private static UdpSocket open(InetSocketAddress address) throws LinuxException {
        String name = "UDP socket of " + InetSockets.text(address);
        return new UdpSocket(InetSockets.open(SOCK_DGRAM, address, name), name);
    }

    /** Its descriptor, which it owns. */
    public FileDescriptor descriptor() {
        return socket;
    }

    /** The port that it receives at. */
    public int localPort() throws LinuxException {
        int fd = socket.acquire();
        try {
            return LinuxException.check(InetCalls.localPort(fd), "read the port of", name);
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
        return result != WOULD_WAIT && LinuxException.check(result, "send by", name) >= 0;
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
            return result == WOULD_WAIT ? -1 : LinuxException.check(result, "receive from", name);
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
