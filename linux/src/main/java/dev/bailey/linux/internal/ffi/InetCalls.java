package dev.bailey.linux.internal.ffi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Calls on sockets of the Internet families: each returns its result or the negated errno. */
public final class InetCalls {
    private static final NativeFunction BIND = NativeFunction.of("bind", 3);
    private static final NativeFunction CONNECT = NativeFunction.of("connect", 3);
    private static final NativeFunction LISTEN = NativeFunction.of("listen", 2);
    private static final NativeFunction ACCEPT = NativeFunction.of("accept4", 4);
    private static final NativeFunction GETSOCKNAME = NativeFunction.of("getsockname", 3);
    private static final NativeFunction SENDTO = NativeFunction.of("sendto", 6);
    private static final NativeFunction RECVFROM = NativeFunction.of("recvfrom", 6);
    private static final NativeFunction SETSOCKOPT = NativeFunction.of("setsockopt", 5);
    private static final NativeFunction GETSOCKOPT = NativeFunction.of("getsockopt", 5);

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCKADDR_IN_BYTES = 16;
    private static final int SOCKADDR_IN6_BYTES = 28;
    private static final int PORT_OFFSET = 2;
    private static final int ADDRESS_OFFSET = 4;
    private static final int ADDRESS6_OFFSET = 8;
    private static final int SCOPE_OFFSET = 24;
    private static final int LENGTH_OFFSET = 64;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ERROR = 4;
    private static final int SO_LINGER = 13;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOCK_NONBLOCK_CLOEXEC = 04000 | 02000000;

    private InetCalls() {}

    /** The number of the family of an address: {@code AF_INET} or {@code AF_INET6}. */
    public static int family(InetAddress address) {
        return address instanceof Inet6Address ? AF_INET6 : AF_INET;
    }

    /** {@code bind(2)}. */
    public static int bind(int fd, InetSocketAddress address) {
        MemorySegment struct = Scratch.struct();
        return BIND.call(fd, struct.address(), write(struct, address));
    }

    /** {@code connect(2)}. */
    public static int connect(int fd, InetSocketAddress address) {
        MemorySegment struct = Scratch.struct();
        return CONNECT.call(fd, struct.address(), write(struct, address));
    }

    /**
     * Writes an address; returns its length.
     *
     * <pre>
     * struct sockaddr_in  (netinet/in.h): u16 family | be16 port | u8 address[4] | 8 zeros
     * struct sockaddr_in6 (netinet/in.h): u16 family | be16 port | u32 flow | u8 address[16] | u32 scope
     * </pre>
     */
    private static int write(MemorySegment struct, InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        byte[] bytes = address.getAddress();
        struct.asSlice(0, SOCKADDR_IN6_BYTES).fill((byte) 0);
        struct.set(JAVA_SHORT, 0, (short) family(address));
        struct.set(JAVA_BYTE, PORT_OFFSET, (byte) (socket.getPort() >>> 8));
        struct.set(JAVA_BYTE, PORT_OFFSET + 1, (byte) socket.getPort());
        if (address instanceof Inet6Address six) {
            MemorySegment.copy(bytes, 0, struct, JAVA_BYTE, ADDRESS6_OFFSET, bytes.length);
            struct.set(JAVA_INT, SCOPE_OFFSET, six.getScopeId());
            return SOCKADDR_IN6_BYTES;
        }
        MemorySegment.copy(bytes, 0, struct, JAVA_BYTE, ADDRESS_OFFSET, bytes.length);
        return SOCKADDR_IN_BYTES;
    }

    /** The port that a socket is bound to, or the negated errno. */
    public static int localPort(int fd) {
        MemorySegment struct = Scratch.struct();
        struct.set(JAVA_INT, LENGTH_OFFSET, SOCKADDR_IN6_BYTES);
        int result = GETSOCKNAME.call(fd, struct.address(), struct.address() + LENGTH_OFFSET);
        return result < 0
                ? result
                : (struct.get(JAVA_BYTE, PORT_OFFSET) & 0xff) << 8 | struct.get(JAVA_BYTE, PORT_OFFSET + 1) & 0xff;
    }

    /** {@code listen(2)}. */
    public static int listen(int fd, int backlog) {
        return LISTEN.call(fd, backlog);
    }

    /** {@code accept4(2)}: a connection that does not block. */
    public static int accept(int fd) {
        return ACCEPT.call(fd, 0, 0, SOCK_NONBLOCK_CLOEXEC);
    }

    /** The error that a connection ended with, which reading takes away: 0, or the negated errno. */
    public static int pendingError(int fd) {
        MemorySegment struct = Scratch.struct();
        struct.set(JAVA_INT, 0, 0);
        struct.set(JAVA_INT, LENGTH_OFFSET, Integer.BYTES);
        int result = GETSOCKOPT.call(fd, SOL_SOCKET, SO_ERROR, struct.address(), struct.address() + LENGTH_OFFSET);
        return result < 0 ? result : -struct.get(JAVA_INT, 0);
    }

    /** Makes closing throw away what was not sent, and the connection with it: {@code SO_LINGER} of 0 seconds. */
    public static int resetOnClose(int fd) {
        MemorySegment linger = Scratch.struct();
        linger.set(JAVA_INT, 0, 1);
        linger.set(JAVA_INT, Integer.BYTES, 0);
        return SETSOCKOPT.call(fd, SOL_SOCKET, SO_LINGER, linger.address(), 2 * Integer.BYTES);
    }

    /** {@code send(2)} of a part of {@code data}, at most 64 KiB of it, without waiting and without a signal. */
    public static int send(int fd, byte[] data, int offset, int length) {
        MemorySegment buffer = Scratch.buffer();
        int part = Math.min(length, Scratch.BUFFER_BYTES);
        MemorySegment.copy(data, offset, buffer, JAVA_BYTE, 0, part);
        return SENDTO.call(fd, buffer.address(), part, MSG_DONTWAIT | MSG_NOSIGNAL, 0, 0);
    }

    /** {@code sendto(2)} of one datagram without waiting, to an IPv4 address that {@link DatagramSlots} has given. */
    public static int sendTo(int fd, byte[] data, int length, long peer) {
        MemorySegment buffer = Scratch.buffer();
        MemorySegment.copy(data, 0, buffer, JAVA_BYTE, 0, length);
        MemorySegment struct = Scratch.struct();
        DatagramSlots.writePeer(struct, 0, peer);
        return SENDTO.call(
                fd, buffer.address(), length, MSG_DONTWAIT | MSG_NOSIGNAL, struct.address(), SOCKADDR_IN_BYTES);
    }

    /** {@code recv(2)} into a part of {@code target}, at most 64 KiB, without waiting. */
    public static int receive(int fd, byte[] target, int offset, int length) {
        MemorySegment buffer = Scratch.buffer();
        int result = RECVFROM.call(fd, buffer.address(), Math.min(length, Scratch.BUFFER_BYTES), MSG_DONTWAIT, 0, 0);
        if (result > 0) {
            MemorySegment.copy(buffer, JAVA_BYTE, 0, target, offset, result);
        }
        return result;
    }
}
