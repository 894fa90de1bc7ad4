package dev.bailey.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.cli.FakeDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class DaemonStarterTest {
    @TempDir
    Path folder;

    private Path socket;
    private Path execRoot;

    @BeforeEach
    void choosePaths() {
        socket = folder.resolve("socket");
        execRoot = folder.resolve("run");
    }

    private DaemonStarter starter(String launcher, boolean root) {
        Map<String, String> environment = Map.of("BAILEY_DAEMON_OPTS", " --exec-root  " + execRoot + " --mtu 1400");
        return new DaemonStarter(new DaemonClient(socket), launcher, environment, root);
    }

    private String launcher(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("bailey"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    @Test
    void ensureRunning_daemonAnswers_startsNothing() throws IOException {
        try (FakeDaemon daemon = new FakeDaemon(socket)) {
            starter("/nonexistent", true).ensureRunning();

            assertThat(daemon.requests()).isEmpty();
            assertThat(execRoot).doesNotExist();
        }
    }

    @Test
    void ensureRunning_namedAddressWithoutOptions_startsNothing() {
        DaemonStarter starter = new DaemonStarter(new DaemonClient(socket), "/nonexistent", Map.of(), true);

        assertThatThrownBy(starter::ensureRunning)
                .hasMessage("no daemon answers at " + socket + "; start it: sudo bailey daemon -H unix://" + socket);
        assertThat(execRoot).doesNotExist();
    }

    @Test
    void ensureRunning_withoutRoot_saysSo() {
        assertThatThrownBy(() -> starter("/nonexistent", false).ensureRunning())
                .hasMessage("no daemon answers at " + socket + ", and starting one needs root: use sudo");
    }

    @Test
    void ensureRunning_withoutLauncher_saysHow() {
        assertThatThrownBy(() -> starter("", true).ensureRunning())
                .hasMessage("no daemon answers at " + socket + "; start one: sudo bailey daemon");
    }

    @Test
    void ensureRunning_daemonFails_showsItsOwnLine() throws IOException {
        String launcher = launcher("echo noise; echo 'bailey: runc is missing' >&2; echo trace; exit 1\n");

        assertThatThrownBy(() -> starter(launcher, true).ensureRunning())
                .isInstanceOf(Failure.class)
                .hasMessage("the daemon ended: runc is missing (log: " + execRoot.resolve("daemon.log") + ")");
    }

    @Test
    void ensureRunning_daemonFailedBefore_showsTheNewLine() throws IOException {
        Files.createDirectories(execRoot);
        Files.writeString(execRoot.resolve("daemon.log"), "bailey: an old error\n");
        String launcher = launcher("echo only this; exit 1\n");

        assertThatThrownBy(() -> starter(launcher, true).ensureRunning())
                .hasMessageStartingWith("the daemon ended: only this (log: ");
    }

    @Test
    void ensureRunning_daemonStarts_waitsForItAndPassesOptions() throws Exception {
        Path arguments = folder.resolve("arguments");
        String launcher = launcher("echo \"$PWD $*\" >" + arguments + ".new; mv " + arguments + ".new " + arguments
                + "; i=0; while [ ! -S " + socket + " ] && [ $i -lt 400 ]; do sleep 0.05; i=$((i+1)); done\n");
        Thread late = Thread.ofPlatform().start(() -> listenWhen(arguments));

        starter(launcher, true).ensureRunning();

        late.join();
        assertThat(Files.readString(arguments, UTF_8))
                .isEqualTo("/ daemon -H unix://" + socket + " --exec-root " + execRoot + " --mtu 1400\n");
    }

    private void listenWhen(Path file) {
        try {
            while (!Files.exists(file)) {
                Thread.sleep(5);
            }
            new FakeDaemon(socket);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void execRoot_anyForm_lastCounts() {
        assertThat(DaemonStarter.execRoot(List.of())).isEqualTo("/run/bailey");
        assertThat(DaemonStarter.execRoot(List.of("--exec-root", "/a", "--exec-root=/b")))
                .isEqualTo("/b");
        assertThat(DaemonStarter.execRoot(List.of("--exec-root"))).isEqualTo("/run/bailey");
    }
}
