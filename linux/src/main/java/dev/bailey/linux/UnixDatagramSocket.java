package dev.bailey.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.linux.internal.ffi.SocketCalls;
import dev.bailey.linux.internal.ffi.UnixSocketCalls;

/**
 * A Unix socket that sends datagrams to one receiver: SOCK_DGRAM, see {@code unix(7)}.
 *
 * <p>Any thread may send or close. A send blocks while the receiver's queue is full, so it is refused on virtual threads,
 * whose carriers it would hold.
 */
public final class UnixDatagramSocket implements AutoCloseable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 02000000;
    private static final int MSG_NOSIGNAL = 0x4000;

    private final FileDescriptor socket;
    private final String address;

    private UnixDatagramSocket(FileDescriptor socket, String address) {
        this.socket = socket;
        this.address = address;
    }

    /**
     * Connects to a receiver.
     *
     * @param address the absolute path of a socket file, or {@code @NAME} for a name of the abstract namespace; at most 107
     *     bytes
     * @throws IllegalArgumentException when it is neither
     */
    public static UnixDatagramSocket connect(String address) throws LinuxException {
        checkAddress(address);
        int number = LinuxException.check(SocketCalls.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0), "open socket", address);
        FileDescriptor socket = FileDescriptor.adopt(number, address);
        try {
            int result = address.startsWith("@")
                    ? UnixSocketCalls.connectAbstract(number, address.substring(1))
                    : UnixSocketCalls.connect(number, address);
            LinuxException.check(result, "connect to", address);
            return new UnixDatagramSocket(socket, address);
        } catch (LinuxException refused) {
            socket.close();
            throw refused;
        }
    }

    private static void checkAddress(String address) {
        boolean named = address.startsWith("/") || address.startsWith("@") && address.length() > 1;
        if (!named || address.indexOf(0) >= 0 || address.getBytes(UTF_8).length > UnixSocketCalls.MAX_PATH_BYTES) {
            throw new IllegalArgumentException("'" + address.replace((char) 0, '?')
                    + "' is no address of a Unix socket: an absolute path or @NAME, of at most "
                    + UnixSocketCalls.MAX_PATH_BYTES + " bytes, would be right");
        }
    }

    /**
     * Sends one datagram of UTF-8 text.
     *
     * @throws LinuxException with {@code ECONNREFUSED} when the receiver is gone
     */
    public void send(String text) throws LinuxException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("socket calls block: use a platform thread, not a virtual one");
        }
        byte[] datagram = text.getBytes(UTF_8);
        int fd = socket.acquire();
        try {
            int result = SocketCalls.send(fd, datagram, datagram.length, MSG_NOSIGNAL);
            while (result == -Errno.EINTR.number()) {
                result = SocketCalls.send(fd, datagram, datagram.length, MSG_NOSIGNAL);
            }
            LinuxException.check(result, "send to", address);
        } finally {
            socket.release();
        }
    }

    /** Closes the socket; harmless when closed already. */
    @Override
    public void close() {
        socket.close();
    }
}
