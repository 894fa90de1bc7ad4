package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.ProcessCalls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * How a short program of the host ran, from its start to its end.
 *
 * <p>It is started by {@code posix_spawn(3)}: {@link ProcessBuilder} runs a helper before the program and keeps a thread for each,
 * which together cost more than many a program. What it reads and what it prints are files in memory, so that neither side waits
 * for the other; this is for texts, not for streams. It runs in the namespaces of the calling thread, with that thread's working
 * directory. Of the descriptors of this process it has those that are not close-on-exec.
 *
 * @param exitCode its exit code, or 128 and the number of the signal that ended it
 * @param output what it printed, standard output and error as they came, read as UTF-8
 */
public record ProgramRun(int exitCode, String output) {
    private static final int SIGNAL_MASK = 0x7f;
    private static final int SIGNALLED = 128;

    /**
     * Runs a program to its end. Blocks, so it is refused on virtual threads.
     *
     * @param program where it is
     * @param arguments those behind its name
     * @param environment all of its variables
     * @param input what it reads
     * @param limit how long it may take; it is killed then
     * @param started is told its pid while it runs
     * @return empty when it was killed
     * @throws LinuxException when it cannot be started, with the errno that says why
     */
    public static Optional<ProgramRun> of(
            Path program,
            List<String> arguments,
            Map<String, String> environment,
            String input,
            Duration limit,
            IntConsumer started)
            throws LinuxException {
        try (FileDescriptor from = FileDescriptor.inMemory("input");
                FileDescriptor to = FileDescriptor.inMemory("output")) {
            from.writeText(input);
            from.rewind();
            int pid = start(program, arguments, environment, from, to);
            boolean inTime = await(pid, limit, started);
            int status = LinuxException.check(ProcessCalls.waitStatus(pid), "wait for process", pid);
            to.rewind();
            return inTime ? Optional.of(new ProgramRun(exitCode(status), to.readText())) : Optional.empty();
        }
    }

    private static int start(
            Path program,
            List<String> arguments,
            Map<String, String> environment,
            FileDescriptor from,
            FileDescriptor to)
            throws LinuxException {
        String path = program.toString();
        List<String> words = new ArrayList<>(List.of(path));
        words.addAll(arguments);
        List<String> variables = environment.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
        return LinuxException.check(
                ProcessCalls.spawn(path, words, variables, from.number(), to.number()), "run", path);
    }

    /** A child that has ended is there until it is waited for, so its pid is nobody else's. */
    private static boolean await(int pid, Duration limit, IntConsumer started) throws LinuxException {
        try (PidFd process = PidFd.open(pid)) {
            started.accept(pid);
            boolean inTime = process.awaitExit(limit);
            if (!inTime) {
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
