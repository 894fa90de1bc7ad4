package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.ProcessCalls;

/**
 * A hold on one process: a signal sent through it never reaches another process that got the same pid later.
 *
 * <p>See {@code pidfd_open(2)}. Any thread may use or close it.
 */
public final class PidFd implements AutoCloseable {

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

    @Override
    public void close() {
        descriptor.close();
    }
}
