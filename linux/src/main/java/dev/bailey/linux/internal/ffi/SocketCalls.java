package dev.bailey.linux.internal.ffi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Calls on sockets: each returns its result or the negated errno. */
public final class SocketCalls {

    /** Bit of {@link #poll}'s answer: the socket has something to read, or an error. */
    public static final int READY = 1;

    /** Bit of {@link #poll}'s answer: the wake-up descriptor was signalled. */
    public static final int WOKEN = 2;

    private static final NativeFunction SOCKET = NativeFunction.of("socket", 3);
    private static final NativeFunction BIND = NativeFunction.of("bind", 3);
    private static final NativeFunction GETSOCKNAME = NativeFunction.of("getsockname", 3);
    private static final NativeFunction SETSOCKOPT = NativeFunction.of("setsockopt", 5);
    private static final NativeFunction GETSOCKOPT = NativeFunction.of("getsockopt", 5);
    private static final NativeFunction SENDTO = NativeFunction.of("sendto", 6);
    private static final NativeFunction RECVFROM = NativeFunction.of("recvfrom", 6);
    private static final NativeFunction POLL = NativeFunction.of("poll", 3);

    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int AF_INET = 2;
    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int SOCKADDR_IN6_BYTES = 28;
    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final short AF_NETLINK = 16;
    private static final int SOCKADDR_NL_BYTES = 12;
    private static final int NL_PID_OFFSET = 4;
    private static final int LENGTH_OFFSET = 16;
    private static final short POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int REVENTS_OFFSET = 6;

    private SocketCalls() {}

    /**
     * What one receive gave.
     *
     * @param result the datagram's full length, or the negated errno
     * @param senderPortId the netlink port it came from, 0 for the kernel
     * @param bytes the datagram, cut to the buffer where {@code result} is longer
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Datagram(int result, int senderPortId, byte[] bytes) {}

    /** {@code socket(2)}. */
    public static int socket(int domain, int type, int protocol) {
        return SOCKET.call(domain, type, protocol);
    }

    /**
     * Binds a netlink socket to a port of the kernel's choice.
     *
     * <pre>
     * struct sockaddr_nl (linux/netlink.h), native order
     *  0  u16 nl_family = 16 | u16 pad
     *  4  u32 nl_pid    = 0: the kernel chooses
     *  8  u32 nl_groups = 0: groups are joined by socket option
     * </pre>
     */
    public static int bindNetlink(int fd) {
        MemorySegment address = Scratch.struct();
        address.asSlice(0, SOCKADDR_NL_BYTES).fill((byte) 0);
        address.set(JAVA_SHORT, 0, AF_NETLINK);
        return BIND.call(fd, address.address(), SOCKADDR_NL_BYTES);
    }

    /**
     * Binds a socket of IPv4 or IPv6.
     *
     * <pre>
     * struct sockaddr_in (linux/in.h)            struct sockaddr_in6 (linux/in6.h)
     *  0  u16  sin_family = 2, native order       0  u16  sin6_family = 10, native order
     *  2  be16 sin_port                           2  be16 sin6_port
     *  4  be32 sin_addr                           4  be32 sin6_flowinfo = 0
     *  8  8 bytes of padding                      8  16 bytes sin6_addr
     *                                            24  u32  sin6_scope_id = 0, any link
     * </pre>
     *
     * @param family the socket's, 2 or 10
     * @param address the 4 or 16 bytes of the address in network order
     */
    public static int bind(int fd, int family, byte[] address, int port) {
        boolean ipv4 = family == AF_INET;
        int length = ipv4 ? SOCKADDR_IN_BYTES : SOCKADDR_IN6_BYTES;
        MemorySegment name = Scratch.struct().asSlice(0, length);
        name.fill((byte) 0);
        name.set(JAVA_SHORT, 0, (short) family);
        name.set(NETWORK_SHORT, Short.BYTES, (short) port);
        MemorySegment.copy(address, 0, name, JAVA_BYTE, ipv4 ? Integer.BYTES : Long.BYTES, address.length);
        return BIND.call(fd, name.address(), length);
    }

    /** The port of a bound netlink socket, in the low 32 bits, or the negated errno. */
    public static long netlinkPortId(int fd) {
        MemorySegment address = Scratch.struct();
        address.set(JAVA_INT, LENGTH_OFFSET, SOCKADDR_NL_BYTES);
        int result = GETSOCKNAME.call(fd, address.address(), address.address() + LENGTH_OFFSET);
        return result < 0 ? result : Integer.toUnsignedLong(address.get(JAVA_INT, NL_PID_OFFSET));
    }

    /** {@code setsockopt(2)} with an {@code int} as its value. */
    public static int setOption(int fd, int level, int option, int value) {
        MemorySegment word = Scratch.struct();
        word.set(JAVA_INT, 0, value);
        return SETSOCKOPT.call(fd, level, option, word.address(), Integer.BYTES);
    }

    /**
     * Attaches a classic BPF program to a socket ({@code SO_ATTACH_FILTER}).
     *
     * <pre>
     * struct sock_fprog (linux/filter.h)
     *  0  u16 len = instructions | 6 bytes of padding
     *  8  u64 pointer to struct sock_filter { u16 code; u8 jt; u8 jf; u32 k }, 8 bytes each
     * </pre>
     *
     * @param program the instructions, each as the 8 bytes of its struct in a native-order {@code long}
     */
    public static int attachFilter(int fd, long... program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment filter = arena.allocateFrom(JAVA_LONG, program);
            MemorySegment header = Scratch.struct();
            header.set(JAVA_LONG, 0, 0);
            header.set(JAVA_SHORT, 0, (short) program.length);
            header.set(JAVA_LONG, Long.BYTES, filter.address());
            return SETSOCKOPT.call(fd, SOL_SOCKET, SO_ATTACH_FILTER, header.address(), 2 * Long.BYTES);
        }
    }

    /**
     * {@code getsockopt(2)} of an option whose value is a question at first.
     *
     * @param value the question, which the answer replaces; its length is the answer's as well
     */
    public static int option(int fd, int level, int option, byte[] value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(JAVA_INT);
            length.set(JAVA_INT, 0, value.length);
            MemorySegment buffer = arena.allocate(value.length, Long.BYTES);
            MemorySegment.copy(value, 0, buffer, JAVA_BYTE, 0, value.length);
            int result = GETSOCKOPT.call(fd, level, option, buffer.address(), length.address());
            MemorySegment.copy(buffer, JAVA_BYTE, 0, value, 0, value.length);
            return result;
        }
    }

    /** {@code send(2)} of {@code length} bytes from the start of {@code data}. */
    public static int send(int fd, byte[] data, int length, int flags) {
        if (length <= Scratch.BUFFER_BYTES) {
            return send(fd, Scratch.buffer(), data, length, flags);
        }
        try (Arena arena = Arena.ofConfined()) {
            return send(fd, arena.allocate(length), data, length, flags);
        }
    }

    private static int send(int fd, MemorySegment buffer, byte[] data, int length, int flags) {
        MemorySegment.copy(data, 0, buffer, JAVA_BYTE, 0, length);
        return SENDTO.call(fd, buffer.address(), length, flags, 0, 0);
    }

    /** {@code recvfrom(2)} on a netlink socket. */
    public static Datagram receiveNetlink(int fd, int flags) {
        MemorySegment buffer = Scratch.buffer();
        MemorySegment address = Scratch.struct();
        address.set(JAVA_INT, LENGTH_OFFSET, SOCKADDR_NL_BYTES);
        int result = RECVFROM.call(
                fd, buffer.address(), buffer.byteSize(), flags, address.address(), address.address() + LENGTH_OFFSET);
        byte[] bytes = new byte[Math.clamp(result, 0, Scratch.BUFFER_BYTES)];
        MemorySegment.copy(buffer, JAVA_BYTE, 0, bytes, 0, bytes.length);
        return new Datagram(result, address.get(JAVA_INT, NL_PID_OFFSET), bytes);
    }

    /**
     * Waits until {@code fd} is readable or {@code wakeFd} is signalled.
     *
     * @param timeoutMillis at most this long; -1 for no limit
     * @return bits {@link #READY} and {@link #WOKEN}, 0 when the time is over, or the negated errno
     */
    public static int poll(int fd, int wakeFd, int timeoutMillis) {
        MemorySegment fds = Scratch.struct();
        pollFd(fds, 0, fd);
        pollFd(fds, POLLFD_BYTES, wakeFd);
        int result = POLL.call(fds.address(), 2, timeoutMillis);
        if (result <= 0) {
            return result;
        }
        int ready = fds.get(JAVA_SHORT, REVENTS_OFFSET) == 0 ? 0 : READY;
        return fds.get(JAVA_SHORT, POLLFD_BYTES + REVENTS_OFFSET) == 0 ? ready : ready | WOKEN;
    }

    private static void pollFd(MemorySegment fds, int offset, int fd) {
        fds.set(JAVA_INT, offset, fd);
        fds.set(JAVA_SHORT, offset + Integer.BYTES, POLLIN);
        fds.set(JAVA_SHORT, offset + REVENTS_OFFSET, (short) 0);
    }
}
