package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.ProcessCalls;
import dev.bailey.linux.internal.ffi.SocketCalls;
import java.time.Duration;

/**
 * A hold on one process: a signal sent through it never reaches another process that got the same pid later.
 *
 * <p>See {@code pidfd_open(2)}. Any thread may use or close it.
 */
public final class PidFd implements AutoCloseable {

    // poll(2) passes over a negative descriptor.
    private static final int NO_WAKE_UP = -1;

    private final FileDescriptor descriptor;
    private final int pid;

    private PidFd(FileDescriptor descriptor, int pid) {
        this.descriptor = descriptor;
        this.pid = pid;
    }

    /**
     * Takes hold of the process that has a pid now.
     *
     * @throws LinuxException with {@code ESRCH} when there is none
     */
    public static PidFd open(int pid) throws LinuxException {
        int number = LinuxException.check(ProcessCalls.pidfdOpen(pid), "open process", pid);
        return new PidFd(FileDescriptor.adopt(number, "process " + pid), pid);
    }

    /**
     * Sends a signal.
     *
     * @throws LinuxException with {@code ESRCH} when the process has ended
     */
    public void sendSignal(Signal signal) throws LinuxException {
        int fd = descriptor.acquire();
        try {
            LinuxException.check(
                    ProcessCalls.pidfdSendSignal(fd, signal.number()), "send " + signal + " to process", pid);
        } finally {
            descriptor.release();
        }
    }

    /**
     * Waits until the process has ended, whoever's child it is.
     *
     * <p>Blocks, so it is refused on virtual threads, whose carriers it would hold; closing does not wake it.
     *
     * @param timeout how long at most, in whole milliseconds, rounded up
     * @return whether it has ended
     */
    public boolean awaitExit(Duration timeout) throws LinuxException {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("waiting for a process blocks: use a platform thread, not a virtual one");
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        int fd = descriptor.acquire();
        try {
            while (true) {
                long leftMillis = Math.max(0, Math.ceilDiv(deadline - System.nanoTime(), 1_000_000L));
                int events = SocketCalls.poll(fd, NO_WAKE_UP, (int) Math.min(leftMillis, Integer.MAX_VALUE));
                if (events != -Errno.EINTR.number()) {
                    return LinuxException.check(events, "wait for process", pid) != 0;
                }
            }
        } finally {
            descriptor.release();
        }
    }

    /** Lets go of the process; it runs on. */
    @Override
    public void close() {
        descriptor.close();
    }
}
