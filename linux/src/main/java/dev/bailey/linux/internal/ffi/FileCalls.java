package dev.bailey.linux.internal.ffi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Calls on files: each returns its result or the negated errno. */
public final class FileCalls {

    private static final NativeFunction OPEN = NativeFunction.of("open", 3);
    private static final NativeFunction CLOSE = NativeFunction.of("close", 1);
    private static final NativeFunction READ = NativeFunction.of("read", 3);
    private static final NativeFunction WRITE = NativeFunction.of("write", 3);
    private static final NativeFunction IOCTL = NativeFunction.of("ioctl", 3);
    private static final NativeFunction EVENTFD = NativeFunction.of("eventfd", 2);
    private static final NativeFunction STATX = NativeFunction.of("statx", 5);

    private static final NativeFunction MEMFD_CREATE = NativeFunction.of("memfd_create", 2);
    private static final NativeFunction LSEEK = NativeFunction.of("lseek", 3);

    private static final int MFD_CLOEXEC = 1;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_INO = 0x100;
    private static final int STATX_BYTES = 256;
    private static final int STX_INO_OFFSET = 32;

    private FileCalls() {}

    /** {@code open(2)}. */
    public static int open(String path, int flags, int mode) {
        try (Arena arena = Arena.ofConfined()) {
            return OPEN.call(arena.allocateFrom(path).address(), flags, mode);
        }
    }

    /** {@code close(2)}. */
    public static int close(int fd) {
        return CLOSE.call(fd);
    }

    /** {@code read(2)} of at most {@code target.length} bytes. */
    public static int read(int fd, byte[] target) {
        MemorySegment buffer = Scratch.buffer();
        int result = READ.call(fd, buffer.address(), Math.min(target.length, buffer.byteSize()));
        if (result > 0) {
            MemorySegment.copy(buffer, JAVA_BYTE, 0, target, 0, result);
        }
        return result;
    }

    /** {@code write(2)}, one call. */
    public static int write(int fd, byte[] data) {
        try (Arena arena = Arena.ofConfined()) {
            return WRITE.call(fd, arena.allocateFrom(JAVA_BYTE, data).address(), data.length);
        }
    }

    /** {@code memfd_create(2)}, close-on-exec. */
    public static int memfd(String name) {
        try (Arena arena = Arena.ofConfined()) {
            return MEMFD_CREATE.call(arena.allocateFrom(name).address(), MFD_CLOEXEC);
        }
    }

    /** {@code lseek(2)} to the beginning. */
    public static int rewind(int fd) {
        return LSEEK.call(fd, 0, 0);
    }

    /** {@code ioctl(2)} with a plain number as its argument. */
    public static int ioctl(int fd, int request, long argument) {
        return IOCTL.call(fd, request, argument);
    }

    /** {@code eventfd(2)}. */
    public static int eventfd(int flags) {
        return EVENTFD.call(0, flags);
    }

    /** Makes an eventfd readable, for good: nobody here reads it. */
    public static int signalEventfd(int fd) {
        MemorySegment one = Scratch.struct();
        one.set(JAVA_LONG, 0, 1);
        return WRITE.call(fd, one.address(), Long.BYTES);
    }

    /** The inode of an open file by {@code statx(2)}, or the negated errno. */
    public static long inode(int fd) {
        return inode(fd, "", AT_EMPTY_PATH);
    }

    /** The inode of the file at an absolute path by {@code statx(2)}, or the negated errno. */
    public static long inode(String path) {
        return inode(0, path, 0);
    }

    private static long inode(int fd, String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statx = arena.allocate(STATX_BYTES, 8);
            int result = STATX.call(fd, arena.allocateFrom(path).address(), flags, STATX_INO, statx.address());
            return result < 0 ? result : statx.get(JAVA_LONG, STX_INO_OFFSET);
        }
    }
}
