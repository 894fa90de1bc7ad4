package dev.bailey.daemon.main;

import dev.bailey.lab.Command;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A daemon in a process of its own inside a host of a lab; its folders are the lab's. */
final class LabDaemon {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LabHost host;
    private final Path folder;
    private LabProcess process;

    private LabDaemon(LabHost host) {
        this.host = host;
        this.folder = host.lab().directory();
        this.process = launch();
    }

    /** Starts a daemon that serves when this returns. */
    static LabDaemon start(LabHost host) {
        return new LabDaemon(host);
    }

    private LabProcess launch() {
        return command(host, usual()).start(running -> running.printed(" serves "));
    }

    private String[] usual() {
        return new String[] {
            "-H",
            "unix://" + socket(),
            "--data-root",
            folder.resolve("data").toString(),
            "--exec-root",
            folder.resolve("run").toString(),
            "--log-level",
            "debug"
        };
    }

    /** A daemon with other options, not started yet. */
    static Command command(LabHost host, String... options) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(Arrays.asList(options));
        return host.command(words.toArray(String[]::new));
    }

    Path socket() {
        return folder.resolve("b.sock");
    }

    Path dataRoot() {
        return folder.resolve("data");
    }

    String log() {
        return process.output();
    }

    /** Asks by SIGTERM and returns the exit code. */
    int stop() {
        process.stop();
        return process.awaitExit(LIMIT);
    }

    /** Ends it by SIGKILL. */
    void kill() {
        process.kill();
        process.awaitExit(LIMIT);
    }

    /** Starts it again with the same options. */
    void restart() {
        process = launch();
    }

    /** What curl prints for a GET. */
    String get(String target) {
        return curl("http://bailey" + target);
    }

    /** What curl prints for a POST of JSON. */
    String post(String target, String body) {
        return curl("-d", body, "http://bailey" + target);
    }

    private String curl(String... words) {
        List<String> all = new ArrayList<>(List.of("curl", "-sS", "--unix-socket", socket().toString()));
        all.addAll(Arrays.asList(words));
        return host.command(all.toArray(String[]::new)).run().output();
    }

    /** Docker's own client, on this daemon. */
    CommandResult docker(String... words) {
        return dockerWithInput("", words);
    }

    /** Docker's own client, which reads this from its standard input. */
    CommandResult dockerWithInput(String input, String... words) {
        List<String> all = new ArrayList<>(List.of("docker", "-H", "unix://" + socket()));
        all.addAll(Arrays.asList(words));
        return host.command(all.toArray(String[]::new))
                .input(input)
                .limit(LIMIT)
                .execute();
    }
}
