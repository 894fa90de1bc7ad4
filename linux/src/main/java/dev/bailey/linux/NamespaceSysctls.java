package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.FilesystemCalls;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Kernel settings of many network namespaces, at a cost that does not grow with their number.
 *
 * <p>The kernel's cache of names keeps one entry for each namespace in which {@code /proc/sys/net/ipv6/conf/eth0} was looked
 * up, all in one chain, and compares them one after the other (proc_sys_compare of fs/proc/proc_sysctl.c): with 2,000
 * namespaces a look-up takes milliseconds. So this looks up in a procfs of its own, mounted nowhere, and takes a new one
 * after {@value #USES}. Where the kernel makes none (before 5.2), {@code /proc} serves. One thread at a time.
 */
public final class NamespaceSysctls implements AutoCloseable {
    /** How often one procfs is used: making one costs some 50 microseconds. */
    static final int USES = 64;

    private static final Path MACHINE = Path.of("/proc/sys");

    private @Nullable FileDescriptor own;
    private boolean unavailable;
    private int used;

    /**
     * Sets a value in the network namespace of the calling thread.
     *
     * @param name as for {@link Sysctl}
     * @throws LinuxException with {@code ENOENT} when the kernel has no such setting, {@code EINVAL} when it does not take
     *     the value
     */
    public void write(String name, String value) throws LinuxException {
        Sysctl.write(root(), name, value);
    }

    private Path root() {
        if (used % USES == 0 && !unavailable) {
            renew();
        }
        used++;
        FileDescriptor mount = own;
        return mount == null ? MACHINE : Path.of("/proc/self/fd/" + mount.number() + "/sys");
    }

    private void renew() {
        close();
        try {
            own = procfs();
        } catch (LinuxException none) {
            unavailable = true;
        }
    }

    private static FileDescriptor procfs() throws LinuxException {
        int context = LinuxException.check(FilesystemCalls.open("proc"), "open", "a procfs");
        try (FileDescriptor begun = FileDescriptor.adopt(context, "procfs context")) {
            LinuxException.check(FilesystemCalls.create(begun.number()), "make", "a procfs");
            int mount = LinuxException.check(FilesystemCalls.mount(begun.number()), "mount", "a procfs");
            return FileDescriptor.adopt(mount, "procfs");
        }
    }

    /** Lets go of the procfs. */
    @Override
    public void close() {
        FileDescriptor mount = own;
        own = null;
        if (mount != null) {
            mount.close();
        }
    }
}
