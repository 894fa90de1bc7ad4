package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.ProcessCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a short program of the host ran, from its start to its end.
 *
 * <p>It is started by {@code posix_spawn(3)}: {@link ProcessBuilder} runs a helper before the program and keeps a thread for each,
 * which together cost more than many a program. What it reads and what it prints are files in memory, so that neither side waits
 * for the other; this is for texts, not for streams. It runs in the namespaces of the calling thread, with that thread's working
 * directory. It has none of this process's descriptors (with a C library before glibc 2.34 those that are not close-on-exec).
 *
 * @param exitCode its exit code, or 128 and the number of the signal that ended it
 * @param output what it printed to its standard output, read as UTF-8
 * @param error what it printed to its standard error, read as UTF-8
 * @param late whether it took too long and was killed
 */
public record ProgramRun(int exitCode, String output, String error, boolean late) {
    private static final int SIGNAL_MASK = 0x7f;
    private static final int SIGNALLED = 128;

    /** Who wants to know of its process, which is there as long as a method here has not returned. */
    @FunctionalInterface
    public interface Observer {
        /** Nobody. */
        Observer NONE = _ -> {};

        /** It runs. */
        void started(int pid);

        /** It has taken too long and is about to be killed. */
        default void late(int pid) {}
    }

    /**
     * Runs a program to its end. Blocks, so it is refused on virtual threads.
     *
     * @param command where it is, or its name, to be looked for in the folders of this process's PATH; behind it its arguments
     * @param environment all of its variables
     * @param input what it reads
     * @param limit how long it may take; it is killed then, its own children are not
     * @throws LinuxException when it cannot be started, with the errno that says why
     */
    public static ProgramRun of(
            List<String> command, Map<String, String> environment, String input, Duration limit, Observer observer)
            throws LinuxException {
        try (FileDescriptor from = FileDescriptor.inMemory("input");
                FileDescriptor to = FileDescriptor.inMemory("output");
                FileDescriptor errors = FileDescriptor.inMemory("error")) {
            from.writeText(input);
            from.rewind();
            int pid = start(command, environment, from, to, errors);
            boolean late;
            int status;
            try {
                late = !await(pid, limit, observer);
            } finally {
                status = ProcessCalls.waitStatus(pid);
            }
            LinuxException.check(status, "wait for process", pid);
            return new ProgramRun(exitCode(status), to.readAgain(), errors.readAgain(), late);
        }
    }

    private static int start(
            List<String> command,
            Map<String, String> environment,
            FileDescriptor from,
            FileDescriptor to,
            FileDescriptor errors)
            throws LinuxException {
        String program = command.getFirst();
        List<String> variables = environment.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
        int pid = ProcessCalls.spawn(program, command, variables, from.number(), to.number(), errors.number());
        return LinuxException.check(pid, "run", program);
    }

    /** A child that has ended is there until it is waited for, so its pid is nobody else's. */
    private static boolean await(int pid, Duration limit, Observer observer) throws LinuxException {
        try (PidFd process = PidFd.open(pid)) {
            observer.started(pid);
            boolean inTime = process.awaitExit(limit);
            if (!inTime) {
                observer.late(pid);
                process.sendSignal(Signal.KILL);
            }
            return inTime;
        }
    }

    private static int exitCode(int status) {
        int signal = status & SIGNAL_MASK;
        return signal == 0 ? status >> Byte.SIZE & 0xff : SIGNALLED + signal;
    }
}
