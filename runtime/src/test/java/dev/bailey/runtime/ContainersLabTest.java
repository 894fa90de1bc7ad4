package dev.bailey.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.Mounts;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.state.ContainerFolders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("lab")
class ContainersLabTest {
    @RegisterExtension
    final RuntimeLab lab = new RuntimeLab();

    @Test
    void run_shortCommand_givesOutputAndExitCode() throws Exception {
        ContainerId id = lab.containers.create(
                lab.shell("echo out; echo err >&2; exit 3").build());
        try (AttachStreams streams = lab.containers.attach(id)) {
            lab.containers.start(id);
            assertThat(RuntimeLab.readAll(streams)).contains("out\n").contains("err\n");
        }
        assertThat(exitCode(id)).isEqualTo(3);
        assertThat(lab.exited(id).exitCode()).isEqualTo(3);
        assertThat(lab.exited(id).error()).isEmpty();
    }

    @Test
    void run_manyBytes_allArrive() throws Exception {
        String output = lab.run(lab.shell("dd if=/dev/zero bs=1000 count=3000 2>/dev/null; echo END"));
        assertThat(output).hasSize(3_000_004).endsWith("END\n");
    }

    @Test
    void run_inside_seesItsOwnNamesAndFiles() throws Exception {
        String output =
                lab.run(lab.shell("hostname; cat /etc/hosts /etc/hostname; env; cat /proc/1/cgroup; ls /sys/class/net")
                        .hostname("keep.example")
                        .environment(List.of("A=1", "HOME"))
                        .extraHosts(List.of(new ExtraHost("door", "host-gateway"))));
        assertThat(output)
                .contains(
                        "keep.example\n127.0.0.1\tlocalhost\n172.17.0.1\tdoor\n172.17.0.2\tkeep.example keep\nkeep.example\n")
                .contains("A=1\n")
                .contains("HOSTNAME=keep.example\n")
                .contains("PATH=/usr/local/sbin")
                .endsWith("lo\n");
    }

    @Test
    void run_userAndWorkingDirectory_areThose() throws Exception {
        assertThat(lab.run(lab.shell("id; pwd").user("alice").workingDirectory("/made/here")))
                .isEqualTo("uid=1000(alice) gid=1001(alice) groups=1001(alice),50(staff)\n/made/here\n");
        assertThat(lab.run(lab.shell("id -u; id -g").user("7:8"))).isEqualTo("7\n8\n");
    }

    @Test
    void start_unknownUser_saysSoAndLeavesNothing() {
        ContainerId id = lab.containers.create(lab.shell("id").user("bob").build());
        assertThatThrownBy(() -> lab.containers.start(id))
                .isInstanceOf(ContainerException.class)
                .hasMessage("unable to find user bob: no matching entries in passwd file");
        assertThat(lab.network.sandboxes()).isEmpty();
    }

    @Test
    void start_noSuchProgram_saysSoWith127() {
        ContainerId id = lab.containers.create(ContainerSpec.builder(lab.root.toString())
                .command(List.of("nonsense"))
                .build());
        assertThatThrownBy(() -> lab.containers.start(id))
                .isInstanceOfSatisfying(
                        ContainerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_ARGUMENT))
                .hasMessageContaining("OCI runtime create failed")
                .hasMessageContaining("\"nonsense\": executable file not found in $PATH");
        assertThat(lab.exited(id).exitCode()).isEqualTo(127);
    }

    @Test
    void start_noAddressFree_leavesNothing() {
        lab.network.refuse = true;
        ContainerId id =
                lab.containers.create(lab.shell("true").autoRemove(true).build());
        assertThatThrownBy(() -> lab.containers.start(id)).hasMessage("no address is free");
        assertThat(lab.containers.list()).isEmpty();
    }

    @Test
    void binds_readOnlyAndNot_mean_it() throws Exception {
        var source = Files.createDirectories(lab.folder.resolve("shared"));
        Files.writeString(source.resolve("in"), "hello\n");
        String output = lab.run(lab.shell("cat /a/in; touch /a/x || echo refused; echo back > /b/out; ls /c")
                .binds(List.of(
                        Bind.parse(source + ":/a:ro"),
                        Bind.parse(source + ":/b"),
                        Bind.parse(lab.folder + "/new:/c"))));
        assertThat(output).contains("hello\n").contains("refused\n");
        assertThat(source.resolve("out")).hasContent("back\n");
        assertThat(lab.folder.resolve("new")).isDirectory();
    }

    @Test
    void tty_resizedAndTyped_behavesAsATerminal() throws Exception {
        ContainerId id = lab.containers.create(lab.shell("tty; read a; stty size; echo got $a")
                .tty(true)
                .openStdin(true)
                .stdinOnce(true)
                .build());
        try (AttachStreams streams = lab.containers.attach(id)) {
            lab.containers.start(id);
            RuntimeLab.readUntil(streams, "/dev/pts/0\r\n");
            lab.containers.resize(id, 40, 120);
            streams.write("word\n".getBytes(StandardCharsets.UTF_8), 0, 5);
            assertThat(RuntimeLab.readAll(streams)).contains("40 120\r\n").contains("got word\r\n");
        }
    }

    @Test
    void stdin_closed_reachesTheProcess() throws Exception {
        ContainerId id = lab.containers.create(
                lab.shell("wc -c").openStdin(true).stdinOnce(true).build());
        try (AttachStreams streams = lab.containers.attach(id)) {
            lab.containers.start(id);
            byte[] data = new byte[300_000];
            streams.write(data, 0, data.length);
            streams.closeStdin();
            assertThat(RuntimeLab.readAll(streams)).isEqualTo("300000\n");
        }
    }

    @Test
    void stop_obedient_endsByTheSignal() throws Exception {
        ContainerId id = started(lab.shell("trap 'echo bye; exit 7' TERM; echo up; while :; do sleep 0.1; done"));
        assertThat(lab.containers.stop(id, Optional.of(RuntimeLab.PATIENCE))).isTrue();
        assertThat(lab.exited(id).exitCode()).isEqualTo(7);
        assertThat(lab.containers.stop(id, Optional.empty())).isFalse();
    }

    @Test
    void stop_stubborn_endsByKill() throws Exception {
        ContainerId id = started(lab.shell("trap '' TERM; echo up; sleep 1000"));
        lab.containers.stop(id, Optional.of(Duration.ofMillis(100)));
        assertThat(lab.exited(id).exitCode()).isEqualTo(137);
    }

    /** As on a full disk: what happened is known, and room can be made by removing. */
    @Test
    void stopAndRemove_stateCannotBeWritten_areDoneAllTheSame() throws Exception {
        ContainerId id = started(lab.shell("trap 'exit 7' TERM; echo up; while :; do sleep 0.1; done"));
        Path state = ContainerFolders.of(lab.options().dataRoot(), lab.options().execRoot(), id)
                .state();
        Files.delete(state);
        Files.createDirectories(state.resolve("in-the-way"));

        assertThat(lab.containers.stop(id, Optional.of(RuntimeLab.PATIENCE))).isTrue();
        assertThat(lab.exited(id).exitCode()).isEqualTo(7);
        lab.containers.remove(id, false);

        assertThat(lab.containers.list()).isEmpty();
    }

    @Test
    void kill_byNameAndNumber_reachesTheProcess() throws Exception {
        ContainerId id = started(lab.shell("trap 'exit 9' USR1; echo up; while :; do sleep 0.1; done"));
        lab.containers.kill(id, "usr1");
        assertThat(exitCode(id)).isEqualTo(9);
        assertThatThrownBy(() -> lab.containers.kill(id, "9")).hasMessageContaining("is not running");
    }

    @Test
    void start_again_keepsWhatWasWritten() throws Exception {
        ContainerId id =
                lab.containers.create(lab.shell("cat /mark; echo x >> /mark").build());
        for (int i = 0; i < 3; i++) {
            var end = lab.containers.wait(id, WaitCondition.NEXT_EXIT).toCompletableFuture();
            lab.containers.start(id);
            end.get(30, TimeUnit.SECONDS);
        }
        try (LogStream log = lab.containers.logs(id, LogQuery.ALL)) {
            assertThat(text(log)).endsWith("x\nx\nx\n");
        }
        assertThat(lab.root.resolve("mark")).doesNotExist();
    }

    @Test
    void exec_inRunning_givesOutputAndExitCode() throws Exception {
        ContainerId id = started(lab.shell("echo up; sleep 1000").user("alice"));
        ExecId exec = lab.containers.execCreate(id, exec("id -un; echo e >&2; echo $A; exit 4"));
        try (AttachStreams streams = lab.containers.execStart(exec)) {
            assertThat(RuntimeLab.readAll(streams))
                    .contains("alice\n")
                    .contains("e\n")
                    .contains("B\n");
        }
        awaitExecEnd(exec);
        assertThat(lab.containers.execInspect(exec).exitCode()).hasValue(4);
        assertThatThrownBy(() -> lab.containers.execStart(exec)).hasMessageContaining("was started already");
    }

    @Test
    void exec_tty_resizes() throws Exception {
        ContainerId id = started(lab.shell("echo up; sleep 1000"));
        ExecId exec = lab.containers.execCreate(
                id,
                new ExecSpec(
                        List.of("sh", "-c", "tty; read a; stty size"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        true));
        try (AttachStreams streams = lab.containers.execStart(exec)) {
            RuntimeLab.readUntil(streams, "/dev/pts/");
            lab.containers.execResize(exec, 30, 90);
            streams.write(new byte[] {'\n'}, 0, 1);
            assertThat(RuntimeLab.readAll(streams)).contains("30 90");
        }
        awaitExecEnd(exec);
    }

    @Test
    void exec_noSuchProgram_saysSoWith127() throws Exception {
        ContainerId id = started(lab.shell("echo up; sleep 1000"));
        ExecId exec = lab.containers.execCreate(
                id, new ExecSpec(List.of("nonsense"), List.of(), Optional.empty(), Optional.empty(), false, false));
        assertThatThrownBy(() -> lab.containers.execStart(exec))
                .hasMessageStartingWith("OCI runtime exec failed")
                .hasMessageContaining("executable file not found in $PATH");
        assertThat(lab.containers.execInspect(exec).exitCode()).hasValue(127);
    }

    @Test
    void logs_followed_endWithTheContainer() throws Exception {
        ContainerId id = started(lab.shell("echo up; read a < /gate; echo last").binds(List.of(pipe())));
        try (LogStream log = lab.containers.logs(
                id, new LogQuery(true, true, true, java.util.OptionalInt.of(1), Optional.empty(), Optional.empty()))) {
            assertThat(new String(log.next().orElseThrow().data(), StandardCharsets.UTF_8))
                    .isEqualTo("up\n");
            Files.writeString(lab.folder.resolve("gate"), "go\n");
            assertThat(text(log)).isEqualTo("last\n");
        }
    }

    @Test
    void autoRemove_atItsEnd_removes() throws Exception {
        ContainerId id =
                lab.containers.create(lab.shell("exit 5").autoRemove(true).build());
        var removed = lab.containers.wait(id, WaitCondition.REMOVED).toCompletableFuture();
        lab.containers.start(id);
        assertThat(removed.get(30, TimeUnit.SECONDS)).isEqualTo(5);
        assertThat(lab.containers.list()).isEmpty();
    }

    @Test
    void remove_running_onlyByForce() throws Exception {
        ContainerId id = started(lab.shell("echo up; sleep 1000"));
        assertThatThrownBy(() -> lab.containers.remove(id, false))
                .isInstanceOfSatisfying(
                        ContainerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessageContaining("container is running: stop the container before removing or force remove");
        lab.containers.remove(id, true);
        assertThat(lab.containers.list()).isEmpty();
    }

    @Test
    void host_root_isCopyOnWriteAndHidesBailey() throws Exception {
        String output = lab.run(ContainerSpec.builder("host")
                .command(List.of(
                        "sh",
                        "-c",
                        "echo x > /bailey-mark; cat /bailey-mark; ls -A "
                                + lab.options().dataRoot() + " | wc -l")));
        assertThat(output).isEqualTo("x\n0\n");
        assertThat(Path.of("/bailey-mark")).doesNotExist();
    }

    /** A lab that ends, or a program that shares the mounts in a folder, may take such a mount away at any moment. */
    @Test
    void host_folderBoundToItself_isSeenAndNoMountInside() throws Exception {
        Path shared = Files.createDirectory(lab.folder.resolve("shared"));
        Files.writeString(shared.resolve("word"), "seen\n");
        Mounts.bind(shared, shared);
        try {
            String output = lab.run(ContainerSpec.builder("host")
                    .command(List.of("sh", "-c", "cat %s/word; grep -c %1$s /proc/self/mountinfo".formatted(shared))));
            assertThat(output).isEqualTo("seen\n0\n");
        } finally {
            Mounts.unmount(shared, true);
        }
    }

    static ExecSpec exec(String script) {
        return new ExecSpec(
                List.of("sh", "-c", script), List.of("A=B"), Optional.empty(), Optional.empty(), false, false);
    }

    private Bind pipe() throws Exception {
        dev.bailey.linux.SpecialFiles.makePipe(lab.folder.resolve("gate"));
        return new Bind(lab.folder.resolve("gate").toString(), "/gate", false);
    }

    /** Starts a container whose first word is "up", and waits for it. */
    private ContainerId started(ContainerSpecBuilder spec) throws Exception {
        ContainerId id = lab.containers.create(spec.build());
        try (AttachStreams streams = lab.containers.attach(id)) {
            lab.containers.start(id);
            RuntimeLab.readUntil(streams, "up\n");
        }
        return id;
    }

    private int exitCode(ContainerId id) throws Exception {
        return lab.containers
                .wait(id, WaitCondition.NOT_RUNNING)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private void awaitExecEnd(ExecId exec) throws Exception {
        for (int i = 0; i < 500 && lab.containers.execInspect(exec).exitCode().isEmpty(); i++) {
            Thread.sleep(20);
        }
    }

    private static String text(LogStream log) throws Exception {
        StringBuilder text = new StringBuilder();
        for (var record = log.next(); record.isPresent(); record = log.next()) {
            text.append(new String(record.get().data(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
