package dev.bailey.dist.endtoend;

import dev.bailey.api.ApiJson;
import dev.bailey.api.attachment.AttachedEndpoint;
import dev.bailey.api.container.ContainerSummary;
import dev.bailey.api.container.CreateContainerResponse;
import dev.bailey.lab.Command;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A daemon process in a lab's host, with folders of its own; every call is one curl. */
final class DaemonUnderTest implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LabHost host;
    private final Path folder;
    private final Path dataRoot;
    private Optional<LabProcess> process = Optional.empty();

    DaemonUnderTest(LabHost host, Path folder) {
        this(host, folder, folder.resolve("data"));
    }

    /** One that has its exec root and its socket in a folder and its data elsewhere. */
    DaemonUnderTest(LabHost host, Path folder, Path dataRoot) {
        this.host = host;
        this.folder = folder;
        this.dataRoot = dataRoot;
    }

    Path dataRoot() {
        return dataRoot;
    }

    Path execRoot() {
        return folder.resolve("exec");
    }

    Path socket() {
        return folder.resolve("bailey.sock");
    }

    void start(String... options) {
        await(command(List.of(), options).start());
    }

    /** Starts it where the files of a folder stand in place of those in /etc/default. */
    void startWithDefaults(Path defaults) {
        await(command(seeing(defaults)).start());
    }

    /** Starts it so that it finds programs in a folder before all others. */
    void startFinding(Path programs, String... options) {
        await(command(List.of(), options)
                .environment("PATH", programs + ":" + System.getenv("PATH"))
                .start());
    }

    private void await(LabProcess started) {
        process = Optional.of(started);
        started.awaitLine("serves");
    }

    /** Starts it without waiting for anything. */
    LabProcess begin() {
        LabProcess begun = command(List.of()).start();
        process = Optional.of(begun);
        return begun;
    }

    /** Starts it with options that it is to refuse; what it says. */
    CommandResult refuse(String... options) {
        return command(List.of(), options).execute();
    }

    /** Starts it by another program with options that it is to refuse; what it says. */
    CommandResult refuseWithin(List<String> program, String... options) {
        return command(program, options).execute();
    }

    /** What it makes of the options and the files of a folder in place of those in /etc/default. */
    CommandResult validate(Path defaults, String... options) {
        return command(
                        seeing(defaults),
                        Stream.concat(Stream.of("--validate"), Stream.of(options))
                                .toArray(String[]::new))
                .execute();
    }

    /** Runs a command of the client. */
    CommandResult cli(String... command) {
        List<String> words = new ArrayList<>(java("dev.bailey.cli.Main"));
        words.addAll(List.of(command));
        return host.command(words.toArray(String[]::new))
                .environment("BAILEY_HOST", "unix://" + socket())
                .execute();
    }

    private static List<String> java(String main) {
        // Whoever runs the tests may have the signal ignored, as nohup does, and the JVM leaves it at that.
        return List.of(
                "env",
                "--default-signal=HUP",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                main);
    }

    private Command command(List<String> before, String... options) {
        List<String> words = new ArrayList<>(before);
        words.addAll(java("dev.bailey.daemon.main.Main"));
        words.addAll(List.of(
                "-H",
                "unix://" + socket(),
                "--data-root",
                dataRoot().toString(),
                "--exec-root",
                execRoot().toString()));
        words.addAll(List.of(options));
        return host.command(words.toArray(String[]::new));
    }

    /** In a mount namespace of its own, in which only the mount below /etc/default is cut off from the machine's. */
    private static List<String> seeing(Path defaults) {
        return List.of(
                "unshare",
                "--mount",
                "--propagation",
                "unchanged",
                "sh",
                "-c",
                "mount --make-private \"$(findmnt -n -o TARGET -T /etc/default)\" && mount --bind \"$0\" /etc/default"
                        + " && exec \"$@\"",
                defaults.toString());
    }

    /** Asks by SIGTERM and waits for the end. */
    void stop() {
        process.orElseThrow().stop();
        process.orElseThrow().awaitExit(LIMIT);
    }

    /** Asks it to read its settings again. */
    void reload() {
        host.exec("kill", "-HUP", String.valueOf(process.orElseThrow().pid()));
    }

    /** Surefire starts its JVM with a jar whose manifest names the class path, and tells the real one in a property. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The process. */
    long pid() {
        return process.orElseThrow().pid();
    }

    void kill() {
        process.orElseThrow().kill();
    }

    String log() {
        return process.map(LabProcess::output).orElse("");
    }

    CommandResult call(String method, String path, String body) {
        return host.command(
                        "curl",
                        "-sS",
                        "--fail-with-body",
                        "--max-time",
                        "20",
                        "--unix-socket",
                        socket().toString(),
                        "-X",
                        method,
                        "-H",
                        "Content-Type: application/json",
                        "-d",
                        body,
                        "http://bailey" + path)
                .run();
    }

    CommandResult attach(Path netns) {
        return call("POST", "/bailey/attach", "{\"netns\":\"" + netns + "\"}");
    }

    CommandResult detach(Path netns) {
        return call("POST", "/bailey/detach", "{\"netns\":\"" + netns + "\"}");
    }

    /** Starts a container of the host's own root that sleeps; its id. */
    String runSleeper(String name) {
        CommandResult created = call(
                "POST",
                "/containers/create?name=" + name,
                "{\"Image\":\"host\",\"Cmd\":[\"sleep\",\"600\"],\"HostConfig\":{}}");
        String id = ApiJson.jsonb()
                .type(CreateContainerResponse.class)
                .fromJson(created.orThrow().output())
                .id();
        call("POST", "/containers/" + id + "/start", "").orThrow();
        return id;
    }

    List<AttachedEndpoint> endpoints() {
        return ApiJson.jsonb()
                .type(AttachedEndpoint.class)
                .list()
                .fromJson(call("GET", "/bailey/endpoints", "").orThrow().output());
    }

    List<ContainerSummary> containers() {
        return ApiJson.jsonb()
                .type(ContainerSummary.class)
                .list()
                .fromJson(call("GET", "/containers/json?all=1", "").orThrow().output());
    }

    /** The names of the namespaces that sandboxes of the engine's own are bound to. */
    List<String> namespaces() {
        try (Stream<Path> files = Files.list(execRoot().resolve("netns"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** What is mounted below the daemon's folders, apart from namespaces. */
    List<String> mounts() {
        String namespaces = execRoot().resolve("netns").toString();
        return mountsBelow(folder).stream()
                .filter(target -> !target.startsWith(namespaces))
                .toList();
    }

    private static List<String> mountsBelow(Path folder) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.map(line -> line.split(" ")[4])
                    .filter(target -> target.startsWith(folder.toString()))
                    .toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    void removeContainers() {
        containers()
                .forEach(each -> call("DELETE", "/containers/" + each.id() + "?force=1", "")
                        .orThrow());
    }

    /**
     * Ends what still runs, stops the daemon and takes every mount below its folders away, the inner ones first: what a failed test leaves may be
     * a container's root, which nobody may delete file by file.
     */
    @Override
    public void close() {
        try {
            if (process.filter(LabProcess::isAlive).isPresent()) {
                removeContainers();
            }
        } finally {
            process.ifPresent(LabProcess::stop);
            unmount();
        }
    }

    private void unmount() {
        mountsBelow(folder).reversed().forEach(target -> host.exec("umount", "--lazy", target));
    }
}
