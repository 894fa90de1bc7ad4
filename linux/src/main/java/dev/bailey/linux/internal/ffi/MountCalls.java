package dev.bailey.linux.internal.ffi;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/** Calls on the mount table of the calling thread: each returns 0 or the negated errno. */
public final class MountCalls {

    private static final NativeFunction MOUNT = NativeFunction.of("mount", 5);
    private static final NativeFunction UMOUNT = NativeFunction.of("umount2", 2);

    private MountCalls() {}

    /** {@code mount(2)}. */
    public static int mount(String source, String target, @Nullable String type, long flags, @Nullable String data) {
        try (Arena arena = Arena.ofConfined()) {
            return MOUNT.call(
                    arena.allocateFrom(source).address(),
                    arena.allocateFrom(target).address(),
                    address(arena, type),
                    flags,
                    address(arena, data));
        }
    }

    /** {@code umount2(2)}. */
    public static int unmount(String target, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return UMOUNT.call(arena.allocateFrom(target).address(), flags);
        }
    }

    private static long address(Arena arena, @Nullable String text) {
        return text == null ? 0 : arena.allocateFrom(text).address();
    }
}
