package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.SocketCalls;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** Finds out whether a port can be had, by binding a socket to it and closing that at once: some 3 µs. */
public final class PortTrial {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int IPPROTO_IPV6 = 41;
    private static final int IPV6_V6ONLY = 26;

    private PortTrial() {}

    /**
     * Binds a TCP port as a server would, so that connections which wait for their end do not count, and closes it again.
     * In the network namespace of the calling thread; any thread, does not block. IPv6 is tried by itself: who has the port of
     * IPv4 addresses alone is not in the way.
     *
     * @param address an address of this host without a zone, or 0.0.0.0 or :: for all of its family
     * @return why it cannot be had: {@code EADDRINUSE} when somebody has it, {@code EADDRNOTAVAIL} when the address is not
     *     this host's
     * @throws LinuxException when no socket can be made
     */
    public static Optional<Errno> tcp(InetAddress address, int port) throws LinuxException {
        return bind(SOCK_STREAM, address, port);
    }

    /** Binds a UDP port, as {@link #tcp} does with one of TCP. */
    public static Optional<Errno> udp(InetAddress address, int port) throws LinuxException {
        return bind(SOCK_DGRAM, address, port);
    }

    private static Optional<Errno> bind(int type, InetAddress address, int port) throws LinuxException {
        String object = "port " + port;
        boolean ipv6 = address instanceof Inet6Address;
        int family = ipv6 ? AF_INET6 : AF_INET;
        int number = LinuxException.check(SocketCalls.socket(family, type | SOCK_CLOEXEC, 0), "open socket", object);
        try (FileDescriptor socket = FileDescriptor.adopt(number, object)) {
            if (type == SOCK_STREAM) {
                LinuxException.check(
                        SocketCalls.setOption(number, SOL_SOCKET, SO_REUSEADDR, 1), "prepare socket", object);
            }
            if (ipv6) {
                LinuxException.check(
                        SocketCalls.setOption(number, IPPROTO_IPV6, IPV6_V6ONLY, 1), "prepare socket", object);
            }
            int result = SocketCalls.bind(number, family, address.getAddress(), port);
            return result < 0 ? Optional.of(new Errno(-result)) : Optional.empty();
        }
    }
}
