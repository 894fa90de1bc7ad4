package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.MountCalls;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Changes to the mount table of the mount namespace that the process is in. Needs CAP_SYS_ADMIN. */
public final class Mounts {

    private static final long MS_BIND = 0x1000;
    private static final long MS_REC = 0x4000;
    private static final long MS_SHARED = 0x100000;
    private static final int MNT_DETACH = 2;

    private Mounts() {}

    /** Makes {@code source}, a file or a folder, visible at {@code target} too. */
    public static void bind(Path source, Path target) throws LinuxException {
        check(MountCalls.mount(source.toString(), target.toString(), null, MS_BIND, null), "bind mount", target);
    }

    /** Unmounts with {@code MNT_DETACH}; nothing happens when nothing is mounted there. */
    static void unmountIfMounted(Path target) throws LinuxException {
        int result = MountCalls.unmount(target.toString(), MNT_DETACH);
        if (result != -Errno.EINVAL.number() && result != -Errno.ENOENT.number()) {
            check(result, "unmount", target);
        }
    }

    /**
     * Makes the mounts in {@code folder} propagate to other mount namespaces, and their removal too:
     * a copy in another mount namespace would keep a network namespace alive for ever.
     */
    static void shareFolder(@Nullable Path folder) throws LinuxException {
        if (folder == null) {
            return;
        }
        String name = folder.toString();
        int result = MountCalls.mount("", name, "none", MS_SHARED | MS_REC, null);
        if (result == -Errno.EINVAL.number()) {
            check(MountCalls.mount(name, name, "none", MS_BIND | MS_REC, null), "bind mount", folder);
            result = MountCalls.mount("", name, "none", MS_SHARED | MS_REC, null);
        }
        check(result, "share the mounts of", folder);
    }

    private static void check(int result, String operation, Path target) throws LinuxException {
        LinuxException.check(result, operation, target);
    }
}
