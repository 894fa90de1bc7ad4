package dev.bailey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.linux.MountTable;
import dev.bailey.linux.PidFd;
import dev.bailey.linux.Signal;
import dev.bailey.runtime.rootfs.Cgroups;
import dev.bailey.runtime.state.ContainerFolders;
import dev.bailey.runtime.state.ContainerRecord;
import dev.bailey.runtime.state.JsonFiles;
import dev.bailey.runtime.state.Life;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a daemon finds that starts where another one was killed. */
@Tag("lab")
class RecoveryLabTest {
    @RegisterExtension
    final RuntimeLab lab = new RuntimeLab();

    @Test
    void restart_running_isFoundAgainUnharmed() throws Exception {
        ContainerId id = started("echo up; read a; echo got $a; exit 6");
        ContainerState before = lab.containers.inspect(id.value()).state();
        lab.restart();
        assertThat(lab.containers.inspect(id.value()).state()).isEqualTo(before);
        ExecId exec = lab.containers.execCreate(id, ContainersLabTest.exec("echo inside"));
        try (AttachStreams streams = lab.containers.execStart(exec)) {
            assertThat(RuntimeLab.readAll(streams)).isEqualTo("inside\n");
        }
        var end = lab.containers.wait(id, WaitCondition.NEXT_EXIT).toCompletableFuture();
        try (AttachStreams streams = lab.containers.attach(id)) {
            streams.write("word\n".getBytes(StandardCharsets.UTF_8), 0, 5);
            assertThat(RuntimeLab.readAll(streams)).isEqualTo("got word\n");
        }
        assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(6);
    }

    @Test
    void restart_endedMeanwhile_hasItsExitCode() throws Exception {
        ContainerId id = started("echo up; read a; exit 7");
        endWhileClosed(id);
        assertThat(lab.exited(id).exitCode()).isEqualTo(7);
        assertThat(lab.network.sandboxes()).isEmpty();
    }

    @Test
    void restart_endedMeanwhileWithAutoRemove_isRemoved() throws Exception {
        ContainerId id = lab.containers.create(lab.shell("echo up; read a; exit 7")
                .openStdin(true)
                .autoRemove(true)
                .build());
        start(id);
        endWhileClosed(id);
        assertThat(lab.containers.list()).isEmpty();
    }

    @Test
    void restart_conmonAndContainerKilled_endsAsUnknown() throws Exception {
        ContainerId id = started("echo up; read a");
        lab.containers.close();
        ContainerFolders folders = folders(id);
        kill(Integer.parseInt(Files.readString(folders.monitor().monitorPid()).strip()));
        kill(Integer.parseInt(Files.readString(folders.monitor().containerPid()).strip()));
        lab.restart();
        assertThat(lab.exited(id).exitCode()).isEqualTo(255);
    }

    @Test
    void restart_inTheMiddleOfAStart_undoesIt() throws Exception {
        ContainerId id = started("echo up; sleep 1000");
        lab.containers.close();
        // As if the daemon had been killed before the program was started: no exit code, no note of a process.
        kill(Integer.parseInt(
                Files.readString(folders(id).monitor().containerPid()).strip()));
        awaitFile(folders(id).exit());
        Files.delete(folders(id).exit());
        rewrite(id, Life.created().starting());
        lab.restart();
        assertThat(lab.exited(id).error()).contains("the daemon ended while the container was being started");
        assertThat(lab.network.sandboxes()).isEmpty();
    }

    @Test
    void restart_justAfterAStart_keepsIt() throws Exception {
        ContainerId id = started("echo up; sleep 1000");
        lab.containers.close();
        rewrite(id, Life.created().starting());
        lab.restart();
        assertThat(lab.containers.inspect(id.value()).running()).isTrue();
    }

    @Test
    void restart_inTheMiddleOfARemoval_finishesIt() throws Exception {
        ContainerId id = started("echo up; sleep 1000");
        lab.containers.close();
        rewrite(id, Life.created().removing());
        lab.restart();
        assertThat(lab.containers.list()).isEmpty();
    }

    @Test
    void restart_unknownRemains_areTakenAway() throws Exception {
        ContainerId id = started("echo up; sleep 1000");
        lab.containers.close();
        // A container that no state file knows: its process, mount, cgroup, sandbox and OCI state are nobody's.
        Path durable = folders(id).durable();
        Files.move(durable, durable.resolveSibling(".unfinished-" + id));
        lab.restart();
        assertThat(lab.containers.list()).isEmpty();
    }

    @Test
    void restart_brokenStateFile_leavesTheContainerAlone() throws Exception {
        ContainerId id = started("echo up; sleep 1000");
        lab.containers.close();
        Path state = folders(id).state();
        String good = Files.readString(state);
        Files.writeString(state, "{\"version\":1,");
        lab.restart();
        assertThat(lab.containers.list()).isEmpty();
        assertThat(state.resolveSibling("state.json.broken")).hasContent("{\"version\":1,");
        lab.containers.close();
        Files.writeString(state, good);
        lab.restart();
        assertThat(lab.containers.inspect(id.value()).running()).isTrue();
    }

    @Test
    void open_besideAnother_leavesItsContainersAlone() throws Exception {
        ContainerId id = started("echo up; sleep 1000");
        RuntimeOptions own = lab.options();
        RuntimeOptions other = RuntimeOptions.of(
                own.dataRoot().resolveSibling("data2"), own.execRoot().resolveSibling("run2"), own.dns());
        assertThat(other.cgroupParent()).isNotEqualTo(own.cgroupParent());
        Containers.open(other, new FakeNetwork(other.execRoot().resolve("netns")))
                .close();
        assertThat(lab.containers.inspect(id.value()).running()).isTrue();
        assertThat(new Cgroups(own.cgroupParent(), MountTable.read()).processes(id.value()))
                .isNotEmpty();
    }

    private ContainerId started(String script) throws Exception {
        ContainerId id = lab.containers.create(lab.shell(script).openStdin(true).build());
        start(id);
        return id;
    }

    private void start(ContainerId id) throws Exception {
        try (AttachStreams streams = lab.containers.attach(id)) {
            lab.containers.start(id);
            RuntimeLab.readUntil(streams, "up\n");
        }
    }

    /** Ends a container that waits for a line, while no daemon runs. */
    private void endWhileClosed(ContainerId id) throws Exception {
        try (AttachStreams streams = lab.containers.attach(id)) {
            lab.containers.close();
            streams.write("\n".getBytes(StandardCharsets.UTF_8), 0, 1);
            assertThat(RuntimeLab.readAll(streams)).isEmpty();
        }
        awaitFile(folders(id).exit());
        lab.restart();
    }

    private ContainerFolders folders(ContainerId id) {
        return ContainerFolders.of(lab.options().dataRoot(), lab.options().execRoot(), id);
    }

    private void rewrite(ContainerId id, Life life) throws Exception {
        ContainerRecord record = JsonFiles.read(folders(id).state(), ContainerRecord.class);
        JsonFiles.write(folders(id).state(), record.with(life), ContainerRecord.class);
    }

    private static void kill(int pid) throws Exception {
        try (PidFd process = PidFd.open(pid)) {
            process.sendSignal(Signal.KILL);
            assertThat(process.awaitExit(RuntimeLab.PATIENCE)).isTrue();
        }
    }

    private static void awaitFile(Path file) throws Exception {
        for (int i = 0; i < 1000 && !Files.exists(file); i++) {
            Thread.sleep(20);
        }
        assertThat(file).exists();
    }
}
