package dev.bailey.runtime.conmon;

import dev.bailey.linux.LinuxException;
import dev.bailey.runtime.ContainerException;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.oci.OciRuntime;
import dev.bailey.runtime.oci.Programs;
import dev.bailey.runtime.oci.RuntimeMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Starts conmon, for containers and for execs. Safe for any thread.
 *
 * @param conmon the program
 * @param exitFolder where conmon leaves the exit codes of containers
 */
public record Monitors(Path conmon, Path exitFolder) {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_TERMINAL_CELLS = 65_535;

    /** conmon of this host, or an error that says what to install. */
    public static Monitors find(Path exitFolder) {
        Path program = Programs.find("conmon")
                .orElseThrow(() -> new ContainerException(
                        Kind.UNAVAILABLE, "conmon not found: install it (apt-get install conmon)"));
        return new Monitors(program, exitFolder);
    }

    /**
     * Sets up a container; its program is not started yet, so that clients can attach first.
     *
     * @param command what to watch
     * @param runtime the OCI runtime
     * @param log where the output goes
     * @return the pid of its first process
     */
    public int create(MonitorCommand command, OciRuntime runtime, Path log) throws IOException, InterruptedException {
        Files.deleteIfExists(exitFile(command.container()));
        Files.createDirectories(command.files().persist());
        Files.deleteIfExists(command.files().persistedExit());
        Files.deleteIfExists(command.files().outOfMemory());
        try (MonitorProcess process = MonitorProcess.forContainer(
                command.create(conmon, runtime.program(), runtime.root(), exitFolder, log), command.files())) {
            SyncMessage created = process.await(START_TIMEOUT);
            if (created.data() <= 0) {
                throw RuntimeMessages.createFailed(created.reason());
            }
            return created.data();
        }
    }

    /**
     * Starts an exec and attaches to it before it writes its first byte.
     *
     * @param command what to watch
     * @param runtime the OCI runtime
     * @param process the file with the process to start
     */
    public RunningExec exec(MonitorCommand command, OciRuntime runtime, Path process)
            throws IOException, InterruptedException {
        MonitorProcess monitor = MonitorProcess.forExec(
                command.exec(conmon, runtime.program(), runtime.root(), process), command.files());
        try {
            SyncMessage ready = monitor.await(START_TIMEOUT);
            if (ready.data() < 0) {
                throw RuntimeMessages.execFailed(ready.reason());
            }
            ConmonAttach streams = ConmonAttach.connect(command.files().attachSocket());
            return started(monitor, streams);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            monitor.close();
            throw failure;
        }
    }

    private static RunningExec started(MonitorProcess monitor, ConmonAttach streams)
            throws IOException, InterruptedException {
        try {
            monitor.step();
            SyncMessage started = monitor.await(START_TIMEOUT);
            if (started.data() <= 0) {
                throw RuntimeMessages.execFailed(started.reason());
            }
            return new RunningExec(started.data(), streams, monitor);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            streams.close();
            throw failure;
        }
    }

    /** The file that tells how a container ended. */
    public Path exitFile(String container) {
        return exitFolder.resolve(container);
    }

    /** Attaches to a container. */
    public static ConmonAttach attach(MonitorFiles files) throws LinuxException {
        return ConmonAttach.connect(files.attachSocket());
    }

    /** Sets the size of a terminal, in characters, each 1 to 65535. */
    public static void resize(MonitorFiles files, int rows, int columns) throws IOException {
        if (rows < 1 || columns < 1 || rows > MAX_TERMINAL_CELLS || columns > MAX_TERMINAL_CELLS) {
            throw new ContainerException(
                    Kind.INVALID_ARGUMENT, "invalid terminal size " + rows + "x" + columns + ": want 1 to 65535 each");
        }
        byte[] line = ("1 " + rows + " " + columns + "\n").getBytes(StandardCharsets.US_ASCII);
        // Opened for both directions, because opening a pipe to write blocks while nobody reads it.
        try (FileChannel pipe = FileChannel.open(files.control(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            pipe.write(ByteBuffer.wrap(line));
        }
    }
}
