package dev.bailey.runtime;

import dev.bailey.linux.Errno;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.PidFd;
import dev.bailey.linux.Signal;
import dev.bailey.runtime.conmon.MonitorFiles;
import dev.bailey.runtime.state.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the processes that work for containers, by their command lines: nothing else tells them for certain. */
final class MonitorProcesses {
    private static final Path PROC = Path.of("/proc");

    private MonitorProcesses() {}

    /** Whether the conmon lives that wrote its pid there. */
    static boolean alive(MonitorFiles files) {
        try {
            int pid = Integer.parseInt(Files.readString(files.monitorPid()).strip());
            return ProcessIdentity.of(pid).isPresent()
                    && arguments(PROC.resolve(Integer.toString(pid)))
                            .contains(files.bundle().toString());
        } catch (IOException | NumberFormatException none) {
            return false;
        }
    }

    /**
     * The processes that have a path in some argument, at its start or after a colon; looks at every process of the
     * host, so for recovery only.
     */
    static Set<Integer> mentioning(Path path) throws IOException {
        Set<Integer> pids = new HashSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (arguments(process).stream().anyMatch(argument -> isUnder(argument, path))) {
                    pids.add(Integer.valueOf(process.getFileName().toString()));
                }
            }
        }
        pids.remove((int) ProcessHandle.current().pid());
        return pids;
    }

    /** Kills a process that {@link #mentioning} found, if it still mentions the path; no error when it has ended. */
    static void kill(int pid, Path path) throws LinuxException {
        try (PidFd process = PidFd.open(pid)) {
            if (arguments(PROC.resolve(Integer.toString(pid))).stream().anyMatch(argument -> isUnder(argument, path))) {
                process.sendSignal(Signal.KILL);
            }
        } catch (LinuxException failure) {
            if (!failure.errno().equals(Errno.ESRCH)) {
                throw failure;
            }
        }
    }

    private static boolean isUnder(String argument, Path path) {
        String plain = argument.substring(argument.lastIndexOf(':') + 1);
        return plain.equals(path.toString()) || plain.startsWith(path + "/");
    }

    private static List<String> arguments(Path process) {
        try {
            String text = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return List.of(text.split("\0"));
        } catch (IOException gone) {
            return List.of();
        }
    }
}
