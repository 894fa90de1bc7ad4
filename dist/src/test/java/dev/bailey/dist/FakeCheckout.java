package dev.bailey.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the launcher and its scripts in a folder of its own, with a {@code mvn} and JDKs that only
 * write down how they were called. Nothing outside the folder can be found by it but the tools of a
 * small Debian.
 */
final class FakeCheckout {
    private static final List<String> TOOLS = List.of(
            "sh",
            "env",
            "id",
            "stat",
            "cut",
            "getent",
            "flock",
            "mkdir",
            "rm",
            "mv",
            "touch",
            "sed",
            "basename",
            "dirname",
            "grep",
            "find",
            "chown",
            "timeout",
            "readlink",
            "cat",
            "mktemp",
            "sleep",
            "runuser",
            "ln");
    private static final long LIMIT_SECONDS = 240;

    private final Path root;
    private final Path folder;
    private final Path tools;
    private final Map<String, String> environment = new TreeMap<>();

    /** What a run of the launcher did. */
    record Outcome(int exitCode, String out, String err) {}

    FakeCheckout(Path folder, String name) throws IOException {
        this.folder = folder;
        this.root = folder.resolve(name);
        this.tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            script(tools.resolve(tool), "exec " + find(tool) + " \"$@\"\n");
        }
        environment.put("PATH", tools.toString());
        environment.put("HOME", Files.createDirectories(folder.resolve("home")).toString());
        copyLauncher();
        for (String module : List.of("cli", "daemon")) {
            write(module + "/pom.xml", "");
            write(module + "/src/main/java/A.java", "");
        }
        write("pom.xml", "");
        age();
    }

    private static Path find(String tool) {
        for (String place : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
            Path file = Path.of(place, tool);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new IllegalStateException(tool + " is missing on this machine");
    }

    /** The copy looks for JDKs in this folder where the original looks at the machine. */
    private void copyLauncher() throws IOException {
        Path source = Repository.root();
        Path scripts = source.resolve("dist/src/main/sh");
        Files.createDirectories(root.resolve("dist/src/main/sh"));
        try (var files = Files.list(scripts)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file)
                        .replace("/usr/lib/jvm/", folder + "/usr/lib/jvm/")
                        .replace(" /opt/", " " + folder + "/opt/")
                        .replace("/usr/java/", folder + "/usr/java/");
                Files.writeString(root.resolve("dist/src/main/sh").resolve(file.getFileName()), text);
            }
        }
        Files.copy(source.resolve("bailey"), root.resolve("bailey"), StandardCopyOption.COPY_ATTRIBUTES);
        write("dist/pom.xml", "");
    }

    Path root() {
        return root;
    }

    Path folder() {
        return folder;
    }

    FakeCheckout set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Makes everything older than the build that comes next, as a checkout is. */
    private void age() throws IOException {
        FileTime old = FileTime.from(Instant.parse("2025-01-01T00:00:00Z"));
        try (var files = Files.walk(root)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, old);
            }
        }
    }

    /** Installs a JDK that prints its arguments, one in brackets after the other, and makes caches. */
    Path jdk(String place, String version) throws IOException {
        Path home = folder.resolve(place);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/javac"), "exit 0");
        script(home.resolve("bin/java"), """
                for word in "$@"; do case $word in -XX:AOTCacheOutput=*) echo cache >"${word#*=}" ;; esac; done
                printf '%s:' "JAVA" "$0"; printf '[%s]' "$@"; echo
                """);
        return home;
    }

    /** Installs a Maven that builds two jars and counts its runs; {@code body} comes before that. */
    void maven(String body) throws IOException {
        script(tools.resolve("mvn"), """
                echo "JAVA_HOME=$JAVA_HOME $*" >>'%s'
                %s
                cd '%s' && mkdir -p dist/target/lib cli/target
                touch dist/target/lib/bailey-cli-1.jar dist/target/lib/x-2.jar cli/target/bailey-cli-1.jar
                echo '@LIB@/x-2.jar' >cli/target/class-path
                """.formatted(quoted(folder.resolve("builds")), body, quoted(root)));
    }

    private static String quoted(Path path) {
        return path.toString().replace("'", "'\\''");
    }

    /** Returns how Maven was called, a line a call. */
    List<String> builds() throws IOException {
        Path log = folder.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs the launcher from the folder beside the checkout. */
    Outcome bailey(String... arguments) throws IOException, InterruptedException {
        return run(root.resolve("bailey"), arguments);
    }

    Outcome run(Path launcher, String... arguments) throws IOException, InterruptedException {
        Process process = start(launcher, arguments);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the launcher did not end: " + List.of(arguments));
        }
        return new Outcome(
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), UTF_8),
                new String(process.getErrorStream().readAllBytes(), UTF_8));
    }

    Process start(Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
