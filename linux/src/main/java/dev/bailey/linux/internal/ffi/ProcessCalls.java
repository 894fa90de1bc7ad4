package dev.bailey.linux.internal.ffi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** Calls on other processes: each returns its result or the negated errno. */
public final class ProcessCalls {

    private static final NativeFunction SYSCALL_2 = NativeFunction.of("syscall", 3);
    private static final NativeFunction SYSCALL_4 = NativeFunction.of("syscall", 5);

    // The same on every architecture: asm-generic/unistd.h.
    private static final int NR_PIDFD_SEND_SIGNAL = 424;
    private static final int NR_PIDFD_OPEN = 434;
    private static final int EINTR = 4;

    private ProcessCalls() {}

    /** {@code pidfd_open(2)}; the descriptor is close-on-exec by itself. */
    public static int pidfdOpen(int pid) {
        return SYSCALL_2.call(NR_PIDFD_OPEN, pid, 0);
    }

    /** {@code pidfd_send_signal(2)}. */
    public static int pidfdSendSignal(int pidfd, int signal) {
        return SYSCALL_4.call(NR_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0);
    }

    /** Of its own, for most of what is done with processes starts none. */
    private static final class Spawning {
        private static final NativeFunction SPAWN = NativeFunction.of("posix_spawnp", 6);
        private static final NativeFunction ACTIONS_INIT = NativeFunction.of("posix_spawn_file_actions_init", 1);
        private static final NativeFunction ACTIONS_DUP2 = NativeFunction.of("posix_spawn_file_actions_adddup2", 3);
        private static final int AFTER_STANDARD_ERROR = 3;

        /** Since glibc 2.34. */
        private static final Optional<NativeFunction> ACTIONS_CLOSE_FROM =
                NativeFunction.ifPresent("posix_spawn_file_actions_addclosefrom_np", 2);

        private static final NativeFunction ACTIONS_DESTROY = NativeFunction.of("posix_spawn_file_actions_destroy", 1);
        private static final NativeFunction ATTRIBUTES_INIT = NativeFunction.of("posix_spawnattr_init", 1);
        private static final NativeFunction ATTRIBUTES_FLAGS = NativeFunction.of("posix_spawnattr_setflags", 2);
        private static final NativeFunction WAITPID = NativeFunction.of("waitpid", 3);

        /** At least as large as {@code posix_spawn_file_actions_t} (80) and {@code posix_spawnattr_t} (336), of glibc and musl. */
        private static final int STRUCT_BYTES = 512;

        /** The attributes begin as zeros, an empty set of blocked signals among them. */
        private static final int POSIX_SPAWN_SETSIGMASK = 8;
    }

    /**
     * {@code posix_spawnp(3)} with no signal blocked; it runs in the namespaces of the calling thread.
     *
     * @param program a path, or a name to be looked for in the folders of PATH
     * @param input the descriptor that is its standard input
     * @param output the descriptor that is its standard output
     * @param error the descriptor that is its standard error
     * @return its pid
     */
    public static int spawn(
            String program, List<String> arguments, List<String> environment, int input, int output, int error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pid = arena.allocate(JAVA_INT);
            MemorySegment actions = arena.allocate(Spawning.STRUCT_BYTES, 16);
            MemorySegment attributes = arena.allocate(Spawning.STRUCT_BYTES, 16);
            int refusal = Spawning.ACTIONS_INIT.call(actions.address());
            if (refusal != 0) {
                return -Math.abs(refusal);
            }
            try {
                Spawning.ACTIONS_DUP2.call(actions.address(), input, 0);
                Spawning.ACTIONS_DUP2.call(actions.address(), output, 1);
                Spawning.ACTIONS_DUP2.call(actions.address(), error, 2);
                // Sockets of the JDK are not close-on-exec.
                Spawning.ACTIONS_CLOSE_FROM.ifPresent(
                        closeFrom -> closeFrom.call(actions.address(), Spawning.AFTER_STANDARD_ERROR));
                Spawning.ATTRIBUTES_INIT.call(attributes.address());
                Spawning.ATTRIBUTES_FLAGS.call(attributes.address(), Spawning.POSIX_SPAWN_SETSIGMASK);
                refusal = Spawning.SPAWN.call(
                        pid.address(),
                        arena.allocateFrom(program).address(),
                        actions.address(),
                        attributes.address(),
                        strings(arguments, arena),
                        strings(environment, arena));
                return refusal == 0 ? pid.get(JAVA_INT, 0) : -Math.abs(refusal);
            } finally {
                Spawning.ACTIONS_DESTROY.call(actions.address());
            }
        }
    }

    /** An array of strings with a null behind it. */
    private static long strings(List<String> texts, Arena arena) {
        MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        return array.address();
    }

    /** {@code waitpid(2)} for a child of this process: its wait status. */
    public static int waitStatus(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            int result = Spawning.WAITPID.call(pid, status.address(), 0);
            while (result == -EINTR) {
                result = Spawning.WAITPID.call(pid, status.address(), 0);
            }
            return result < 0 ? result : status.get(JAVA_INT, 0);
        }
    }
}
