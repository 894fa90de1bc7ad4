package dev.bailey.runtime.conmon;

import dev.bailey.linux.SpecialFiles;
import dev.bailey.runtime.state.JsonFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A conmon being started, and the lines that it reports back.
 *
 * <p>conmon wants its report pipe and its start pipe as inherited descriptors. A Java child inherits only 0 to 2, and
 * Java closes its ends of these when the child has ended, which conmon's first process does at once. So both are named
 * pipes beside the bundle: a shell opens them as 3 and 4 and then becomes conmon. Nothing else ties conmon to this
 * process: when this process dies, writes to the pipe fail and are ignored.
 */
public final class MonitorProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonitorProcess.class);
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String FOR_CONTAINER = "exec 3>\"$1\"; shift 2; exec \"$@\"";
    private static final String FOR_EXEC = "exec 3>\"$1\" 4<\"$2\"; shift 2; exec \"$@\"";
    private static final int READ_BYTES = 4096;
    private static final Duration FORK_TIMEOUT = Duration.ofSeconds(30);

    private final Path errors;
    private final FileChannel reports;
    private final FileChannel steps;
    private final BlockingQueue<Optional<SyncMessage>> messages = new LinkedBlockingQueue<>();

    private MonitorProcess(MonitorFiles files, FileChannel reports, FileChannel steps) {
        this.errors = files.errors();
        this.reports = reports;
        this.steps = steps;
    }

    static MonitorProcess forContainer(List<String> command, MonitorFiles files)
            throws IOException, InterruptedException {
        ProcessBuilder builder = builder(FOR_CONTAINER, command, files);
        builder.environment().put("_OCI_SYNCPIPE", "3");
        return start(builder, files);
    }

    static MonitorProcess forExec(List<String> command, MonitorFiles files) throws IOException, InterruptedException {
        ProcessBuilder builder = builder(FOR_EXEC, command, files);
        builder.environment().put("_OCI_SYNCPIPE", "3");
        builder.environment().put("_OCI_ATTACHPIPE", "3");
        builder.environment().put("_OCI_STARTPIPE", "4");
        return start(builder, files);
    }

    private static MonitorProcess start(ProcessBuilder builder, MonitorFiles files)
            throws IOException, InterruptedException {
        for (Path pipe : List.of(files.reports(), files.steps())) {
            Files.deleteIfExists(pipe);
            SpecialFiles.makePipe(pipe);
        }
        // Opened for both directions, because opening one end blocks until somebody opens the other.
        FileChannel steps = FileChannel.open(files.steps(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (FileChannel bothEnds =
                FileChannel.open(files.reports(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileChannel reports = FileChannel.open(files.reports(), StandardOpenOption.READ);
            MonitorProcess monitor = new MonitorProcess(files, reports, steps);
            Process process = builder.start();
            monitor.step();
            if (!process.waitFor(FORK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                monitor.close();
                throw new IOException("conmon did not become a daemon within " + FORK_TIMEOUT.toSeconds() + " s");
            }
            String name = files.bundle().getFileName().toString();
            Thread.ofPlatform().daemon().name("conmon-" + name).start(monitor::readMessages);
            // Closing the write end here leaves conmon with the only one, so that its end is seen.
            return monitor;
        }
    }

    /** Lets an exec's conmon take its next step; it waits once at its start and once before the process. */
    void step() throws IOException {
        steps.write(ByteBuffer.wrap(new byte[] {1}));
    }

    /** The next line, at most so long awaited; an {@link IOException} when conmon ended without one. */
    SyncMessage await(Duration timeout) throws IOException, InterruptedException {
        Optional<SyncMessage> message = messages.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null) {
            throw new IOException("conmon did not report within " + timeout.toSeconds() + " s");
        }
        return message.orElseThrow(() -> new IOException("conmon ended without a report" + said()));
    }

    /** The next line, however long it takes; empty when conmon ended without one. */
    Optional<SyncMessage> await() throws InterruptedException {
        return messages.take();
    }

    /** Lets go of the pipes; conmon goes on. */
    @Override
    public void close() {
        closeQuietly(reports);
        closeQuietly(steps);
    }

    // By hand, because the JDK's readers of channels wait until a whole buffer is full.
    private void readMessages() {
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (reports) {
            while (reports.read(buffer.clear()) > 0) {
                for (buffer.flip(); buffer.hasRemaining(); ) {
                    byte next = buffer.get();
                    if (next == '\n') {
                        add(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    } else {
                        line.write(next);
                    }
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // Closed on purpose, or not a report: either way nothing more is to come.
            LOG.debug("no more reports from conmon: {}", unreadable.toString());
        } finally {
            messages.add(Optional.empty());
        }
    }

    private void add(String line) {
        messages.add(Optional.of(JsonFiles.parse(line, SyncMessage.class)));
    }

    private String said() {
        try {
            String text = Files.readString(errors).strip();
            return text.isEmpty() ? "" : ": " + text.replace('\n', ' ');
        } catch (IOException none) {
            return "";
        }
    }

    private static ProcessBuilder builder(String script, List<String> command, MonitorFiles files) {
        List<String> words = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                script,
                "bailey-monitor",
                files.reports().toString(),
                files.steps().toString()));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(files.errors().toFile());
        return builder;
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception alreadyGone) {
            LOG.trace("closing a pipe of conmon", alreadyGone);
        }
    }
}
