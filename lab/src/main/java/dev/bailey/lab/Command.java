package dev.bailey.lab;

import static java.util.Objects.requireNonNull;

import dev.bailey.linux.ProgramRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A command of this machine about to be run inside a host: the process is born in the host's network namespace and sees the
 * machine's file system.
 *
 * <p>Standard input is empty unless given. Output goes through files, so that a process which the command leaves behind cannot
 * hold the caller up. Built and started by one thread.
 *
 * <p>{@code /sys} stays the machine's: a tool that reads links from there, as {@code brctl show} does, needs
 * {@code ip netns exec} with {@link LabHost#netnsName()}.
 */
public final class Command {
    /** How long a command may run unless told otherwise. */
    public static final Duration LIMIT = Duration.ofSeconds(120);

    // A file is put in place of another in a mount namespace of the command's own. The mount that holds the target is
    // made
    // private there first, so that the change stays inside; all other mounts go on being shared with the machine.
    private static final Path OWN_NAMESPACE = Path.of("/proc/self/ns/net");

    private static final String PUT_FILES_AND_RUN = """
            set -e
            while [ "$1" != -- ]; do
              target=$(readlink -f -- "$1")
              mount --make-private "$(findmnt -n -o TARGET -T "$target")"
              mount --bind "$2" "$target"
              shift 2
            done
            shift
            exec "$@"
            """;

    private static final ProgramRun.Observer KILLER = new ProgramRun.Observer() {
        @Override
        public void started(int pid) {}

        @Override
        public void late(int pid) {
            ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
        }
    };

    private final LabHost host;
    private final List<String> words;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<Path, String> files = new LinkedHashMap<>();
    private Optional<Path> directory = Optional.empty();
    private String input = "";
    private Duration limit = LIMIT;

    Command(LabHost host, List<String> words) {
        if (words.isEmpty() || words.getFirst().isBlank()) {
            throw new IllegalArgumentException("a command needs at least the name of a program");
        }
        this.host = host;
        this.words = List.copyOf(words);
    }

    /** Sets how long {@link #run()} and {@link #execute()} wait for the end before they kill the process and fail. */
    public Command limit(Duration newLimit) {
        this.limit = requireNonNull(newLimit, "limit");
        return this;
    }

    /** Sets a variable of the process's environment, which is otherwise this JVM's. */
    public Command environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Sets the working directory, which is otherwise this JVM's. */
    public Command directory(Path newDirectory) {
        this.directory = Optional.of(newDirectory);
        return this;
    }

    /** Sets what the process reads from its standard input, as UTF-8. */
    public Command input(String text) {
        this.input = requireNonNull(text, "input");
        return this;
    }

    /** Lets the process alone, with its children, see the content in place of an existing file. */
    public Command file(Path target, String content) {
        files.put(target.toAbsolutePath(), content);
        return this;
    }

    /** Lets the process alone, with its children, see a resolver configuration that names this server. */
    public Command nameserver(String address) {
        return file(Path.of("/etc/resolv.conf"), "nameserver " + address + "\n");
    }

    /**
     * Runs the command to its end.
     *
     * @throws LabException when it cannot be started, does not end in time or ends with another exit code than 0
     */
    public CommandResult run() {
        return execute().orThrow();
    }

    /**
     * Runs the command to its end, whatever its exit code.
     *
     * @throws LabException when it cannot be started or does not end in time
     */
    public CommandResult execute() {
        return files.isEmpty() && directory.isEmpty() ? executeInside() : executeWrapped();
    }

    /** Most commands are asked for one answer, and starting them is most of what they cost. */
    private CommandResult executeInside() {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(environment);
        try {
            ProgramRun run = host.enter(() -> ProgramRun.of(words, all, input, limit, KILLER));
            if (run.late()) {
                throw late(run.output() + run.error());
            }
            return new CommandResult(host.name(), words, run.exitCode(), run.output(), run.error());
        } catch (IOException e) {
            throw new LabException("cannot start " + this, e);
        }
    }

    private LabException late(String printed) {
        return new LabException(this + " did not end within " + limit.toMillis() + " ms and was killed: "
                + CommandResult.tail(printed));
    }

    private CommandResult executeWrapped() {
        Path output = newFile("out");
        Path error = newFile("err");
        try {
            Process process = launch(output, error);
            boolean ended = awaitEnd(process);
            CommandResult result = new CommandResult(
                    host.name(),
                    words,
                    ended ? process.exitValue() : -1,
                    OutputFile.read(output),
                    OutputFile.read(error));
            if (!ended) {
                throw late(result.output() + result.error());
            }
            return result;
        } finally {
            OutputFile.delete(output);
            OutputFile.delete(error);
        }
    }

    /**
     * Starts the command and returns at once; the lab ends the process at its close at the latest.
     *
     * @throws LabException when it cannot be started
     */
    public LabProcess start() {
        Path output = newFile("log");
        LabProcess process = new LabProcess(toString(), launch(output, output), output);
        host.lab().own(process);
        Path namespace = Path.of("/proc/" + process.pid() + "/ns/net");
        // Where it is then is the command's to say: it may have gone on into another namespace between two looks.
        Await.until(this + " to be inside", () -> !process.isAlive() || hasLeft(namespace));
        return process;
    }

    /**
     * Starts the command and returns when it is ready, which is asked again and again, at most for {@link Await#LIMIT}.
     *
     * @throws LabException when it cannot be started, ends or is not ready in time; the message has what it printed
     */
    public LabProcess start(Predicate<LabProcess> ready) {
        LabProcess process = start();
        try {
            process.awaitReady(ready);
            return process;
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
    }

    /** The command and the host, as shown in failures. */
    @Override
    public String toString() {
        return "`" + String.join(" ", words) + "` in " + host.name();
    }

    private static boolean hasLeft(Path namespace) {
        OptionalLong there = NamespaceLink.read(namespace);
        return there.isPresent() && !there.equals(NamespaceLink.read(OWN_NAMESPACE));
    }

    private boolean awaitEnd(Process process) {
        try {
            if (process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        return false;
    }

    private Process launch(Path output, Path error) {
        ProcessBuilder builder = new ProcessBuilder(wrapped());
        builder.environment().putAll(environment);
        directory.ifPresent(path -> builder.directory(path.toFile()));
        builder.redirectInput(
                input.isEmpty() ? new File("/dev/null") : write("in", input).toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(error.toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new LabException("cannot start " + this, e);
        }
    }

    // Not started by a thread that is inside the namespace: the JVM makes a thread that waits for the process's end,
    // which
    // would stay in the namespace, as every thread does in that of the thread that started it.
    private List<String> wrapped() {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=" + host.descriptorPath()));
        if (!files.isEmpty()) {
            all.addAll(
                    List.of("unshare", "--mount", "--propagation", "unchanged", "sh", "-c", PUT_FILES_AND_RUN, "sh"));
            files.forEach((target, content) ->
                    all.addAll(List.of(target.toString(), write("file", content).toString())));
            all.add("--");
        }
        all.addAll(words);
        return all;
    }

    private Path write(String kind, String content) {
        Path file = newFile(kind);
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new LabException("writing " + file, e);
        }
        return file;
    }

    private Path newFile(String kind) {
        return host.lab().newFile(Path.of(words.getFirst()).getFileName() + "." + kind);
    }
}
