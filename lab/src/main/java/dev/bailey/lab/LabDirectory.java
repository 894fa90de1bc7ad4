package dev.bailey.lab;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.Mounts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one lab: the namespaces of its hosts are bound here, and whatever a test puts here goes when the lab is closed.
 *
 * <p>All that a lab makes outside its JVM can be found again from this directory. A lock on a file beside it tells that its
 * JVM lives: the first lab of a JVM tears down what the labs of killed JVMs have left.
 */
final class LabDirectory {
    private static final String PREFIX = "bailey-lab-";
    private static final String LOCK_SUFFIX = ".lock";
    private static final AtomicInteger NEXT_NUMBER = new AtomicInteger(1);

    private final Path path;
    private final Path lockFile;
    private final FileChannel lock;
    private final AtomicInteger nextFile = new AtomicInteger(1);

    private LabDirectory(Path path, Path lockFile, FileChannel lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Makes a fresh directory below the JVM's directory for temporary files, its mounts shared with other mount namespaces. */
    static LabDirectory create() {
        try {
            while (true) {
                String name = ownPrefix() + NEXT_NUMBER.getAndIncrement();
                LabDirectory directory = tryCreate(parent().resolve(name));
                if (directory != null) {
                    return directory;
                }
            }
        } catch (IOException e) {
            throw new LabException("cannot make the directory of a lab in " + parent(), e);
        }
    }

    /** Tears down the directories whose JVM has died. What cannot be torn down is left for the next time. */
    static void sweep() {
        sweep(parent());
    }

    /** The same for the labs of JVMs with another directory for temporary files. */
    static void sweep(Path parent) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, PREFIX + "*" + LOCK_SUFFIX)) {
            for (Path lockFile : entries) {
                // Not our own: closing a second descriptor of a file gives up this process's lock on it (fcntl(2)).
                if (!lockFile.getFileName().toString().startsWith(ownPrefix())) {
                    sweepIfDead(lockFile);
                }
            }
        } catch (IOException e) {
            throw new LabException("looking for the labs of dead processes in " + parent, e);
        }
    }

    /** The directories and names of this JVM's labs that are there now. */
    static List<Path> left() {
        List<Path> left = new ArrayList<>();
        for (Path parent : List.of(parent(), Teardown.NAMES)) {
            if (Files.isDirectory(parent)) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, ownPrefix() + "*")) {
                    entries.forEach(left::add);
                } catch (IOException e) {
                    throw new LabException("reading " + parent, e);
                }
            }
        }
        return left;
    }

    /** The directory's path, without symbolic links. */
    Path path() {
        return path;
    }

    /** The file that the namespace of a host is bound to. */
    Path namespaceFile(String host) {
        return path.resolve(host + ".netns");
    }

    /** The path of a file that does not exist. */
    Path newFile(String name) {
        return path.resolve("%03d-%s".formatted(nextFile.getAndIncrement(), name));
    }

    /** Ends the processes, mounts and names that belong to the directory, and deletes it. */
    void remove() {
        Teardown.of(path);
        try {
            Files.deleteIfExists(lockFile);
            lock.close();
        } catch (IOException e) {
            throw new LabException("deleting " + lockFile, e);
        }
    }

    private static @Nullable LabDirectory tryCreate(Path path) throws IOException {
        Path lockFile = path.resolveSibling(path.getFileName() + LOCK_SUFFIX);
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // The lock comes first, so that nobody ever sees a living lab without its lock.
        FileLock lock = channel.tryLock();
        try {
            if (lock == null) {
                channel.close();
                return null;
            }
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException left) {
            channel.close();
            return null;
        }
        LabDirectory directory = new LabDirectory(path, lockFile, channel);
        try {
            Mounts.bind(path, path);
            Mounts.makeShared(path);
        } catch (LinuxException e) {
            directory.remove();
            throw e;
        }
        return directory;
    }

    private static void sweepIfDead(Path lockFile) {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                String name = lockFile.getFileName().toString();
                Teardown.of(lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length())));
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException | LabException tolerated) {
            // It is not this lab's failure, and another JVM may be sweeping the same.
        }
    }

    private static String ownPrefix() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    private static Path parent() {
        try {
            return Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        } catch (IOException e) {
            throw new LabException("the directory for temporary files (java.io.tmpdir) cannot be used", e);
        }
    }
}
