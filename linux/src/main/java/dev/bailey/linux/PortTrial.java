package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.FileCalls;
import dev.bailey.linux.internal.ffi.SocketCalls;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** Finds out whether a port can be had, by binding a socket to it and closing that at once: three system calls. */
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
        Optional<Errno> refusal = bind(type, address, port, false);
        // Who gets a port without the option would get it with it: most are free and need no call for it.
        return type == SOCK_STREAM && refusal.isPresent() ? bind(type, address, port, true) : refusal;
    }

    private static Optional<Errno> bind(int type, InetAddress address, int port, boolean reuse) throws LinuxException {
        boolean ipv6 = address instanceof Inet6Address;
        int family = ipv6 ? AF_INET6 : AF_INET;
        int socket = check(SocketCalls.socket(family, type | SOCK_CLOEXEC, 0), "open socket", port);
        try {
            if (reuse) {
                check(SocketCalls.setOption(socket, SOL_SOCKET, SO_REUSEADDR, 1), "prepare socket", port);
            }
            if (ipv6) {
                check(SocketCalls.setOption(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1), "prepare socket", port);
            }
            int result = SocketCalls.bind(socket, family, address.getAddress(), port);
            return result < 0 ? Optional.of(new Errno(-result)) : Optional.empty();
        } finally {
            FileCalls.close(socket);
        }
    }

    /** Puts no words together for what goes well: many ports are tried for one container. */
    private static int check(int result, String operation, int port) throws LinuxException {
        return result < 0 ? LinuxException.check(result, operation, "port " + port) : result;
    }
}
