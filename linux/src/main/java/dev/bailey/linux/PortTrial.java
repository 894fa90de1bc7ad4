package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.SocketCalls;
import java.util.Optional;

/** Finds out whether a port can be had, by binding a socket to it and closing that at once: some 3 µs. */
public final class PortTrial {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;

    private PortTrial() {}

    /**
     * Binds a TCP port as a server would, so that connections which wait for their end do not count, and closes it again.
     * In the network namespace of the calling thread; any thread, does not block.
     *
     * @param address an IPv4 address of this host as 32 bits, or 0 for all of them
     * @return why it cannot be had: {@code EADDRINUSE} when somebody has it, {@code EADDRNOTAVAIL} when the address is not
     *     this host's
     * @throws LinuxException when no socket can be made
     */
    public static Optional<Errno> tcp(int address, int port) throws LinuxException {
        return bind(SOCK_STREAM, address, port);
    }

    /** Binds a UDP port, as {@link #tcp} does with one of TCP. */
    public static Optional<Errno> udp(int address, int port) throws LinuxException {
        return bind(SOCK_DGRAM, address, port);
    }

    private static Optional<Errno> bind(int type, int address, int port) throws LinuxException {
        String object = "port " + port;
        int number = LinuxException.check(SocketCalls.socket(AF_INET, type | SOCK_CLOEXEC, 0), "open socket", object);
        try (FileDescriptor socket = FileDescriptor.adopt(number, object)) {
            if (type == SOCK_STREAM) {
                LinuxException.check(
                        SocketCalls.setOption(number, SOL_SOCKET, SO_REUSEADDR, 1), "prepare socket", object);
            }
            int result = SocketCalls.bindIpv4(number, address, port);
            return result < 0 ? Optional.of(new Errno(-result)) : Optional.empty();
        }
    }
}
