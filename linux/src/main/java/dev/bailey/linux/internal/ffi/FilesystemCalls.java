package dev.bailey.linux.internal.ffi;

import java.lang.foreign.Arena;

/**
 * Calls that make a file system without mounting it anywhere: each returns its result or the negated errno. They go through
 * {@code syscall(2)}, because older C libraries have no names for them; their numbers are those of every architecture.
 */
public final class FilesystemCalls {
    private static final NativeFunction SYSCALL = NativeFunction.of("syscall", 6);

    private static final int FSOPEN = 430;
    private static final int FSCONFIG = 431;
    private static final int FSMOUNT = 432;
    private static final int FSOPEN_CLOEXEC = 1;
    private static final int FSCONFIG_CMD_CREATE = 6;
    private static final int FSMOUNT_CLOEXEC = 1;

    private FilesystemCalls() {}

    /** {@code fsopen(2)}: begins a file system of a type. */
    public static int open(String type) {
        try (Arena arena = Arena.ofConfined()) {
            return SYSCALL.call(FSOPEN, arena.allocateFrom(type).address(), FSOPEN_CLOEXEC, 0, 0, 0);
        }
    }

    /** {@code fsconfig(2)}: makes what was begun. */
    public static int create(int context) {
        return SYSCALL.call(FSCONFIG, context, FSCONFIG_CMD_CREATE, 0, 0, 0);
    }

    /** {@code fsmount(2)}: a mount of it, for the descriptor alone. */
    public static int mount(int context) {
        return SYSCALL.call(FSMOUNT, context, FSMOUNT_CLOEXEC, 0, 0, 0);
    }
}
