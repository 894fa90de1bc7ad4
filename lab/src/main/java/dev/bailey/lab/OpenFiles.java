package dev.bailey.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The file descriptors and threads of this JVM that could keep something of a lab alive. */
final class OpenFiles {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * How threads begin that the JVM makes for everybody, as the kernel cuts their names. One is born in the namespace of
     * whoever made the JVM want it, serves others from then on and ends when it likes.
     */
    private static final List<String> THREADS_OF_THE_JVM =
            List.of("ForkJoinPool", "process reaper", "VirtualThread-u", "MasterPoller", "Read-Poller", "Write-Poller");

    private static final AtomicBoolean SETTLED = new AtomicBoolean();

    private OpenFiles() {}

    /** What the descriptors are open on, but for the files that a JVM opens on its own, whenever it likes. */
    static List<String> descriptors() {
        return targets().stream().filter(Predicate.not(OpenFiles::isOfTheJvm)).toList();
    }

    /** The threads that are in another network namespace than the JVM's first thread. */
    static List<String> strayThreads() {
        long home = NamespaceLink.read(Path.of("/proc/self/ns/net")).orElse(0);
        List<String> stray = new ArrayList<>();
        for (Path thread : threads()) {
            NamespaceLink.read(thread.resolve("ns/net")).ifPresent(namespace -> {
                if (namespace != home) {
                    stray.add("thread " + thread.getFileName() + " in namespace " + namespace);
                }
            });
        }
        return stray;
    }

    /**
     * Waits until no descriptor and no thread of this JVM holds one of the namespaces.
     *
     * @throws LabException when one still does after some seconds
     */
    static void requireNone(Collection<Long> namespaces) {
        Set<String> links =
                namespaces.stream().map(inode -> "net:[" + inode + "]").collect(Collectors.toSet());
        Await.until(
                "the JVM to let go of the namespaces of a closed lab",
                LIMIT,
                () -> targets().stream().noneMatch(links::contains)
                        && threads().stream()
                                .flatMapToLong(thread -> NamespaceLink.read(thread.resolve("ns/net")).stream())
                                .noneMatch(namespaces::contains));
    }

    /** Makes the JVM open what it opens once and keeps: the poller of virtual threads, the pair that wakes closed channels. */
    static void settle() {
        if (!SETTLED.compareAndSet(false, true)) {
            return;
        }
        try (Pipe.SinkChannel sink = blockAVirtualThread()) {
            DatagramChannel.open().close();
            SocketChannel.open().close();
            sink.write(ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new LabException("opening a socket and a pipe", e);
        }
    }

    private static Pipe.SinkChannel blockAVirtualThread() throws IOException {
        Pipe pipe = Pipe.open();
        Thread reader = Thread.ofVirtual().start(() -> {
            try (Pipe.SourceChannel source = pipe.source()) {
                source.read(ByteBuffer.allocate(1));
            } catch (IOException e) {
                throw new LabException("reading from a pipe", e);
            }
        });
        Await.until("a virtual thread to read", () -> reader.getState() == Thread.State.WAITING);
        return pipe.sink();
    }

    private static boolean isOfTheJvm(String target) {
        return target.startsWith("/dev/")
                || target.startsWith("/proc/")
                || target.startsWith(System.getProperty("java.home"))
                || target.endsWith(".jar")
                || target.endsWith(".so");
    }

    private static List<String> targets() {
        List<String> targets = new ArrayList<>();
        for (Path entry : entries(DESCRIPTORS)) {
            try {
                targets.add(Files.readSymbolicLink(entry).toString());
            } catch (IOException e) {
                // Closed since the directory was read.
            }
        }
        return targets;
    }

    private static List<Path> threads() {
        return entries(THREADS).stream()
                .filter(thread -> THREADS_OF_THE_JVM.stream().noneMatch(name(thread)::startsWith))
                .toList();
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"));
        } catch (IOException ended) {
            return "";
        }
    }

    private static List<Path> entries(Path directory) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            List<Path> entries = new ArrayList<>();
            stream.forEach(entries::add);
            return entries;
        } catch (IOException e) {
            throw new LabException("reading " + directory, e);
        }
    }
}
