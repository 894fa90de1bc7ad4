package dev.bailey.runtime;

import dev.bailey.runtime.ContainerEvent.Action;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.conmon.MonitorCommand;
import dev.bailey.runtime.conmon.MonitorFiles;
import dev.bailey.runtime.conmon.Monitors;
import dev.bailey.runtime.conmon.RunningExec;
import dev.bailey.runtime.oci.Bundle;
import dev.bailey.runtime.oci.Environment;
import dev.bailey.runtime.oci.OciProcess;
import dev.bailey.runtime.oci.RuntimeMessages;
import dev.bailey.runtime.oci.UserLookup;
import dev.bailey.runtime.rootfs.Trees;
import dev.bailey.runtime.state.ContainerRecord;
import dev.bailey.runtime.state.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The further processes that clients start in running containers. Safe for any thread.
 *
 * <p>They are remembered in memory only: after a restart of the daemon such a process goes on, and nobody can ask for
 * it any more.
 */
final class Execs {
    private static final Logger LOG = LoggerFactory.getLogger(Execs.class);

    /** Above so many, ended ones are forgotten before their container stops. */
    private static final int MAX_REMEMBERED = 1000;

    private final Map<ExecId, ManagedExec> execs = new ConcurrentHashMap<>();
    private final Starter.Programs programs;
    private final EventBus events;

    Execs(Starter.Programs programs, EventBus events) {
        this.programs = programs;
        this.events = events;
    }

    private enum Stage {
        CREATED,
        STARTING,
        RUNNING,
        ENDED
    }

    /** One exec; the record changes under the object's own lock. */
    private static final class ManagedExec {
        private final ManagedContainer container;
        private Exec record;
        private Stage stage = Stage.CREATED;

        ManagedExec(ManagedContainer container, Exec record) {
            this.container = container;
            this.record = record;
        }

        synchronized Exec record() {
            return record;
        }

        synchronized Stage stage() {
            return stage;
        }

        synchronized void claim() {
            if (stage != Stage.CREATED) {
                throw new ContainerException(Kind.CONFLICT, "exec " + record.id() + " was started already");
            }
            stage = Stage.STARTING;
        }

        synchronized void running(int pid) {
            stage = Stage.RUNNING;
            record = new Exec(record.id(), record.container(), record.spec(), true, pid, OptionalInt.empty());
        }

        synchronized void ended(int exitCode) {
            stage = Stage.ENDED;
            record = new Exec(
                    record.id(), record.container(), record.spec(), false, record.pid(), OptionalInt.of(exitCode));
            notifyAll();
        }

        synchronized void awaitEnd(Duration limit) throws InterruptedException {
            long deadline = System.nanoTime() + limit.toNanos();
            while (stage != Stage.ENDED && deadline - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
            }
        }

        MonitorFiles files() {
            Path folder =
                    container.folders.execs().resolve(record().id().value().substring(0, 12));
            return new MonitorFiles(folder, folder);
        }
    }

    ExecId create(ManagedContainer container, ExecSpec spec) {
        SpecValidation.check(spec);
        container.requireRunning();
        if (execs.size() >= MAX_REMEMBERED) {
            execs.values().removeIf(exec -> exec.stage() == Stage.ENDED);
        }
        ExecId id = ExecId.random();
        Exec record = new Exec(id, container.id, spec, false, 0, OptionalInt.empty());
        execs.put(id, new ManagedExec(container, record));
        publish(Action.EXEC_CREATE, container.record(), id, Map.of());
        return id;
    }

    AttachStreams start(ExecId id) {
        ManagedExec exec = get(id);
        exec.container.requireRunning();
        exec.claim();
        try {
            RunningExec running = launch(exec);
            exec.running(running.pid());
            publish(Action.EXEC_START, exec.container.record(), id, Map.of());
            Thread.ofVirtual().name("exec-" + id.value().substring(0, 12)).start(() -> awaitEnd(exec, running));
            return running.streams();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            exec.ended(RuntimeMessages.exitCode(""));
            throw new ContainerException(Kind.INTERNAL, "starting the exec was interrupted", interrupted);
        } catch (IOException failure) {
            exec.ended(RuntimeMessages.exitCode(""));
            throw new ContainerException(Kind.INTERNAL, "cannot start the exec: " + failure.getMessage(), failure);
        } catch (ContainerException refused) {
            exec.ended(RuntimeMessages.exitCode(String.valueOf(refused.getMessage())));
            throw refused;
        }
    }

    Exec inspect(ExecId id) {
        return get(id).record();
    }

    /** Waits until an exec has ended, or the time is over. */
    void awaitEnd(ExecId id, Duration limit) throws InterruptedException {
        get(id).awaitEnd(limit);
    }

    void resize(ExecId id, int rows, int columns) {
        ManagedExec exec = get(id);
        if (exec.stage() != Stage.RUNNING) {
            throw new ContainerException(Kind.CONFLICT, "exec " + id + " is not running");
        }
        try {
            Monitors.resize(exec.files(), rows, columns);
        } catch (IOException failure) {
            throw new ContainerException(
                    Kind.INTERNAL, "cannot resize the terminal of exec " + id + ": " + failure.getMessage(), failure);
        }
    }

    /** Forgets the execs of a container that does not run any more. */
    void forget(ContainerId container) {
        execs.values().removeIf(exec -> exec.container.id.equals(container));
    }

    private RunningExec launch(ManagedExec exec) throws IOException, InterruptedException {
        ContainerRecord container = exec.container.record();
        ExecSpec spec = exec.record().spec();
        OciProcess process = Bundle.process(
                new UserLookup(exec.container.folders.root()).find(spec.user().orElse(container.user())),
                spec.command(),
                Environment.ofExec(container.environment(), spec.tty(), spec.environment()),
                spec.workingDirectory().orElse(container.workingDirectory()),
                spec.tty());
        MonitorFiles files = exec.files();
        Files.createDirectories(files.bundle());
        Path file = files.bundle().resolve("process.json");
        Files.writeString(file, JsonFiles.print(process, OciProcess.class));
        MonitorCommand command =
                new MonitorCommand(container.id(), spec.tty(), spec.attachStdin() || spec.tty(), false, files);
        try {
            return programs.monitors().exec(command, programs.runtime(), file);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            discard(files);
            throw failure;
        }
    }

    private void awaitEnd(ManagedExec exec, RunningExec running) {
        try {
            int exitCode = running.await();
            exec.ended(exitCode);
            publish(
                    Action.EXEC_DIE,
                    exec.container.record(),
                    exec.record().id(),
                    Map.of("exitCode", Integer.toString(exitCode)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            discard(exec.files());
        }
    }

    private static void discard(MonitorFiles files) {
        try {
            Trees.discard(files.bundle());
        } catch (IOException failure) {
            LOG.debug("left to the end of the container: {}", files.bundle(), failure);
        }
    }

    private ManagedExec get(ExecId id) {
        ManagedExec exec = execs.get(id);
        if (exec == null) {
            throw new ContainerException(Kind.NOT_FOUND, "No such exec instance: " + id);
        }
        return exec;
    }

    private void publish(Action action, ContainerRecord container, ExecId id, Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put("execID", id.value());
        events.publish(action, container, all);
    }
}
