package dev.bailey.linux.internal.ffi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Calls on sockets of the Unix family: each returns its result or the negated errno. */
public final class UnixSocketCalls {

    /** The longest path that an address takes, without its NUL: {@code linux/un.h}. */
    public static final int MAX_PATH_BYTES = 107;

    private static final NativeFunction CONNECT = NativeFunction.of("connect", 3);
    private static final NativeFunction SHUTDOWN = NativeFunction.of("shutdown", 2);
    private static final NativeFunction RECVFROM = NativeFunction.of("recvfrom", 6);

    private static final short AF_UNIX = 1;
    private static final int SOCKADDR_UN_BYTES = 110;
    private static final int PATH_OFFSET = 2;

    private UnixSocketCalls() {}

    /**
     * {@code connect(2)} to a socket file.
     *
     * <pre>
     * struct sockaddr_un (linux/un.h)
     *  0  u16 sun_family = 1
     *  2  char sun_path[108], NUL-terminated
     * </pre>
     */
    public static int connect(int fd, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SOCKADDR_UN_BYTES, 2);
            address.set(JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(bytes, 0, address, JAVA_BYTE, PATH_OFFSET, bytes.length);
            return CONNECT.call(fd, address.address(), SOCKADDR_UN_BYTES);
        }
    }

    /**
     * {@code connect(2)} to a name of the abstract namespace, which is no file: {@code unix(7)}.
     *
     * <pre>
     * struct sockaddr_un (linux/un.h)
     *  0  u16 sun_family = 1
     *  2  char 0, then the name, which ends where the address does
     * </pre>
     */
    public static int connectAbstract(int fd, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(SOCKADDR_UN_BYTES, 2);
            address.set(JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(bytes, 0, address, JAVA_BYTE, PATH_OFFSET + 1, bytes.length);
            return CONNECT.call(fd, address.address(), PATH_OFFSET + 1 + bytes.length);
        }
    }

    /** {@code shutdown(2)}. */
    public static int shutdown(int fd, int how) {
        return SHUTDOWN.call(fd, how);
    }

    /** {@code recv(2)} of one packet into the start of {@code target}, of at most 64 KiB. */
    public static int receive(int fd, byte[] target) {
        MemorySegment buffer = Scratch.buffer();
        int result = RECVFROM.call(fd, buffer.address(), Math.min(target.length, Scratch.BUFFER_BYTES), 0, 0, 0);
        if (result > 0) {
            MemorySegment.copy(buffer, JAVA_BYTE, 0, target, 0, result);
        }
        return result;
    }
}
