package dev.bailey.linux.internal.ffi;

/** Calls on other processes: each returns its result or the negated errno. */
public final class ProcessCalls {

    private static final NativeFunction SYSCALL_2 = NativeFunction.of("syscall", 3);
    private static final NativeFunction SYSCALL_4 = NativeFunction.of("syscall", 5);

    // The same on every architecture: asm-generic/unistd.h.
    private static final int NR_PIDFD_SEND_SIGNAL = 424;
    private static final int NR_PIDFD_OPEN = 434;

    private ProcessCalls() {}

    /** {@code pidfd_open(2)}; the descriptor is close-on-exec by itself. */
    public static int pidfdOpen(int pid) {
        return SYSCALL_2.call(NR_PIDFD_OPEN, pid, 0);
    }

    /** {@code pidfd_send_signal(2)}. */
    public static int pidfdSendSignal(int pidfd, int signal) {
        return SYSCALL_4.call(NR_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0);
    }
}
