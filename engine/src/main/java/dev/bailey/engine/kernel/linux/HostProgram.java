package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.KernelException.Reason;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.ProgramRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program of the host, run in the network namespace of the calling thread.
 *
 * @param path where it is
 */
record HostProgram(Path path) {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> SYSTEM_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    /** The folders that programs of an administrator are in: those of PATH, then those that a service's PATH may lack. */
    static List<Path> folders() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":", -1)), SYSTEM_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .distinct()
                .toList();
    }

    /** The first program of that name in the folders. */
    static Optional<HostProgram> find(List<Path> folders, String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(HostProgram::new);
    }

    String name() {
        return path.getFileName().toString();
    }

    /**
     * Runs it to its end.
     *
     * @param input what it reads
     * @throws KernelException when it cannot be run or does not end; it is killed then
     */
    ProgramRun run(List<String> arguments, String input) {
        return run(arguments, input, ProgramRun.Observer.NONE);
    }

    /**
     * Runs it to its end, as {@link #run(List, String)} does.
     *
     * @param observer is told the number of its process, while that runs
     */
    ProgramRun run(List<String> arguments, String input, ProgramRun.Observer observer) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(arguments);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("LC_ALL", "C");
        try {
            ProgramRun run = ProgramRun.of(command, environment, input, LIMIT, observer);
            if (run.late()) {
                String message = path + " did not end within " + LIMIT.toSeconds() + " s and was killed";
                throw new KernelException(Reason.OTHER, message, null);
            }
            return run;
        } catch (LinuxException failure) {
            throw new KernelException(Reason.UNSUPPORTED, "cannot run " + path + ": " + failure.getMessage(), failure);
        }
    }
}
