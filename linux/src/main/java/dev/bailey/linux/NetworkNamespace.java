package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.FileCalls;
import dev.bailey.linux.internal.ffi.NamespaceCalls;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace held open by a descriptor: the kernel keeps it alive for as long.
 *
 * <p>Threads enter it only through {@link #call}, a {@link NamespaceThread} or {@link NamespaceVisits}, on dedicated
 * platform threads; a pooled or virtual thread never changes its namespace.
 */
public final class NetworkNamespace implements AutoCloseable {

    private static final int CLONE_NEWNET = 0x40000000;
    private static final int NS_GET_NSTYPE = 0xb703;
    private static final int MAX_RETURN_ATTEMPTS = 100;
    private static final long RETURN_PAUSE_NANOS = 10_000_000;
    private static final Path OF_THIS_THREAD = Path.of("/proc/thread-self/ns/net");

    private final FileDescriptor descriptor;
    private final String name;

    private NetworkNamespace(FileDescriptor descriptor, String name) {
        this.descriptor = descriptor;
        this.name = name;
    }

    /**
     * Opens the namespace that {@code path} is bound to, such as {@code /run/netns/red} or
     * {@code /proc/42/ns/net}.
     *
     * @throws LinuxException when it cannot be opened or is not a network namespace
     */
    public static NetworkNamespace open(Path path) throws LinuxException {
        // Non-blocking, because a named pipe without a writer would hold the caller for ever.
        FileDescriptor descriptor =
                FileDescriptor.open(path, FileDescriptor.Flag.READ_ONLY, FileDescriptor.Flag.NON_BLOCKING);
        int type = FileCalls.ioctl(descriptor.number(), NS_GET_NSTYPE, 0);
        if (type != CLONE_NEWNET) {
            descriptor.close();
            throw new LinuxException(
                    "open network namespace", path.toString(), Errno.EINVAL, "the file is not a network namespace");
        }
        return new NetworkNamespace(descriptor, path.toString());
    }

    /** The namespace that the calling thread is in; for a virtual thread, that of its carrier. */
    public static NetworkNamespace ofCurrentThread() throws LinuxException {
        return open(OF_THIS_THREAD);
    }

    /** The inode of the namespace that the calling thread is in, without opening it: one system call. */
    public static long inodeOfCurrentThread() throws LinuxException {
        String path = OF_THIS_THREAD.toString();
        return LinuxException.check(FileCalls.inode(path), "stat", path);
    }

    /**
     * Makes a fresh namespace, with only a loopback interface that is down. Needs CAP_SYS_ADMIN.
     *
     * <p>It is made by a thread that ends at once: about 1 ms.
     */
    public static NetworkNamespace create() throws LinuxException {
        return DedicatedThread.run("netns-create", () -> {
            LinuxException.check(NamespaceCalls.unshare(CLONE_NEWNET), "create", "network namespace");
            return ofCurrentThread();
        });
    }

    /** The inode that identifies this namespace on this machine, as {@code ls -L -i} shows it. */
    public long inode() throws LinuxException {
        int fd = descriptor.acquire();
        try {
            return LinuxException.check(FileCalls.inode(fd), "stat", name);
        } finally {
            descriptor.release();
        }
    }

    /** The open file that holds the namespace; it stays owned by this object. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /**
     * Gives the namespace a name that outlives this object, as {@code ip netns add} does: creates
     * {@code file}, in a folder whose mounts propagate, and binds the namespace to it.
     *
     * @throws LinuxException with {@code EEXIST} when the file exists; nothing is left behind on failure
     */
    public void bindTo(Path file) throws LinuxException {
        int fd = descriptor.acquire();
        try {
            createEmpty(file);
            bind(fd, file);
        } finally {
            descriptor.release();
        }
    }

    private static void bind(int fd, Path file) throws LinuxException {
        try {
            Mounts.shareFolder(file.toAbsolutePath().getParent());
            Mounts.bind(Path.of("/proc/self/fd/" + fd), file);
        } catch (LinuxException failure) {
            deleteAfter(file, failure);
            throw failure;
        }
    }

    private static void createEmpty(Path file) throws LinuxException {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.createFile(file);
        } catch (FileAlreadyExistsException exists) {
            throw new LinuxException("name network namespace", file.toString(), Errno.EEXIST);
        } catch (IOException failure) {
            throw new LinuxException("name network namespace", file.toString(), Errno.EIO, String.valueOf(failure));
        }
    }

    private static void deleteAfter(Path file, LinuxException failure) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }

    /**
     * Takes a name away: unmounts {@code file} and deletes it. Harmless when it is gone already, or
     * a plain file that nothing is bound to.
     */
    public static void unbind(Path file) throws LinuxException {
        Mounts.unmountIfMounted(file);
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new LinuxException("delete", file.toString(), Errno.EBUSY, String.valueOf(failure.getMessage()));
        }
    }

    /**
     * Runs {@code task} inside this namespace on a fresh platform thread that ends afterwards, and
     * waits for it, uninterruptibly. About 0.2 ms; a {@link NamespaceThread} is faster when it is often.
     *
     * @throws E what the task throws
     * @throws LinuxException when the namespace cannot be entered
     */
    public <T extends @Nullable Object, E extends Exception> T call(Task<T, E> task) throws E, LinuxException {
        return DedicatedThread.<T, E>run("netns-call", () -> {
            enter();
            return task.run();
        });
    }

    /** Does what {@link #call} does, for work that returns nothing. */
    public <E extends Exception> void run(Action<E> action) throws E, LinuxException {
        DedicatedThread.<Boolean, E>run("netns-run", () -> {
            enter();
            action.run();
            return true;
        });
    }

    /** Moves the calling thread into this namespace: only for threads that return or end. */
    void enter() throws LinuxException {
        int fd = descriptor.acquire();
        try {
            LinuxException.check(NamespaceCalls.setns(fd, CLONE_NEWNET), "enter network namespace", name);
        } finally {
            descriptor.release();
        }
    }

    /**
     * Moves the calling thread back into this namespace. The kernel may be short of memory for a moment, and a thread that
     * stays abroad would do all that follows there: so it is tried for a second.
     */
    void enterAgain() throws LinuxException {
        for (int attempt = 1; ; attempt++) {
            try {
                enter();
                return;
            } catch (LinuxException lost) {
                if (attempt == MAX_RETURN_ATTEMPTS) {
                    throw lost;
                }
                LockSupport.parkNanos(RETURN_PAUSE_NANOS);
            }
        }
    }

    /** Lets go of the namespace; without another name, process or socket in it, the kernel removes it. */
    @Override
    public void close() {
        descriptor.close();
    }

    /** The path it was opened by. */
    @Override
    public String toString() {
        return "network namespace " + name;
    }
}
