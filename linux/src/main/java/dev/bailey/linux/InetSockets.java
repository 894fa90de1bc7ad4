package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.InetCalls;
import dev.bailey.linux.internal.ffi.SocketCalls;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** What UDP and TCP sockets have in common. */
final class InetSockets {
    private static final int NONBLOCK_CLOEXEC = 04000 | 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SO_REUSEPORT = 15;

    private InetSockets() {}

    /**
     * Opens a socket that never waits.
     *
     * @param type {@code SOCK_STREAM} or {@code SOCK_DGRAM}
     * @param name what errors call it
     */
    static FileDescriptor open(int type, InetSocketAddress address, String name) throws LinuxException {
        int number = SocketCalls.socket(InetCalls.family(address.getAddress()), type | NONBLOCK_CLOEXEC, 0);
        return FileDescriptor.adopt(LinuxException.check(number, "open", name), name);
    }

    /** Binds a socket to an address, beside others that allow it as well. */
    static void bindShared(FileDescriptor socket, InetSocketAddress address) throws LinuxException {
        int fd = socket.number();
        LinuxException.check(SocketCalls.setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1), "share", socket);
        LinuxException.check(SocketCalls.setOption(fd, SOL_SOCKET, SO_REUSEPORT, 1), "share", socket);
        LinuxException.check(InetCalls.bind(fd, address), "bind", socket);
    }

    /** {@code 127.0.0.11:53} or {@code [::1]:53}. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
