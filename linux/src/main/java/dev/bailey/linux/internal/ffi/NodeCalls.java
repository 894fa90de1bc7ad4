package dev.bailey.linux.internal.ffi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;

/** Calls that make files which are no plain files, and attributes: each returns 0 or the negated errno. */
public final class NodeCalls {

    private static final NativeFunction MKNOD = NativeFunction.of("mknod", 3);
    private static final NativeFunction LSETXATTR = NativeFunction.of("lsetxattr", 5);

    private NodeCalls() {}

    /** {@code mknod(2)}. */
    public static int mknod(String path, int mode, long device) {
        try (Arena arena = Arena.ofConfined()) {
            return MKNOD.call(arena.allocateFrom(path).address(), mode, device);
        }
    }

    /** {@code lsetxattr(2)}. */
    public static int setAttribute(String path, String name, byte[] value) {
        try (Arena arena = Arena.ofConfined()) {
            return LSETXATTR.call(
                    arena.allocateFrom(path).address(),
                    arena.allocateFrom(name).address(),
                    arena.allocateFrom(JAVA_BYTE, value).address(),
                    value.length,
                    0);
        }
    }
}
