package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.MountCalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes to the mount table of the mount namespace that the process is in. Needs CAP_SYS_ADMIN. */
public final class Mounts {

    private static final long MS_BIND = 0x1000;
    private static final long MS_REC = 0x4000;
    private static final long MS_PRIVATE = 0x40000;
    private static final long MS_SHARED = 0x100000;
    private static final int MNT_DETACH = 2;
    private static final int OPTION_BYTES = 4096;

    private Mounts() {}

    /** Makes {@code source}, a file or a folder, visible at {@code target} too. */
    public static void bind(Path source, Path target) throws LinuxException {
        check(MountCalls.mount(source.toString(), target.toString(), null, MS_BIND, null), "bind mount", target);
    }

    /**
     * Joins folders into one tree by overlayfs.
     *
     * <p>The kernel takes one page of options. Where the paths of many layers are longer than that, each folder is
     * opened for the moment and named by its descriptor, which makes room for some 200 layers.
     *
     * @param lower read-only, the top one first
     * @param upper takes what is written
     * @param work an empty folder on the file system of {@code upper}
     */
    public static void overlay(List<Path> lower, Path upper, Path work, Path target) throws LinuxException {
        String options = overlayOptions(lower, upper, work);
        if (fits(options)) {
            check(MountCalls.mount("overlay", target.toString(), "overlay", 0, options), "mount overlay", target);
            return;
        }
        List<FileDescriptor> opened = new ArrayList<>();
        try {
            for (Path folder : lower) {
                opened.add(FileDescriptor.open(folder, FileDescriptor.Flag.PATH_ONLY));
            }
            List<Path> names = opened.stream()
                    .map(fd -> Path.of("/proc/self/fd/" + fd.number()))
                    .toList();
            String shorter = overlayOptions(names, upper, work);
            if (!fits(shorter)) {
                throw new LinuxException(
                        "mount overlay",
                        target.toString(),
                        Errno.EINVAL,
                        lower.size() + " layers are more than the kernel takes");
            }
            check(MountCalls.mount("overlay", target.toString(), "overlay", 0, shorter), "mount overlay", target);
        } finally {
            opened.forEach(FileDescriptor::close);
        }
    }

    // With the NUL at its end; what is longer the kernel would cut off without a word.
    private static boolean fits(String options) {
        return options.getBytes(StandardCharsets.UTF_8).length < OPTION_BYTES;
    }

    private static String overlayOptions(List<Path> lower, Path upper, Path work) {
        String joined = lower.stream().map(Mounts::escaped).collect(Collectors.joining(":"));
        return "lowerdir=" + joined + ",upperdir=" + escaped(upper) + ",workdir=" + escaped(work);
    }

    // What separates options and layers, and what escapes it: Documentation/filesystems/overlayfs.rst.
    private static String escaped(Path path) {
        return path.toString().replaceAll("([\\\\:,])", "\\\\$1");
    }

    /**
     * Mounts a file system in memory.
     *
     * @param options as for {@code tmpfs(5)}, such as {@code mode=0755}
     */
    public static void tmpfs(Path target, String options) throws LinuxException {
        check(MountCalls.mount("tmpfs", target.toString(), "tmpfs", 0, options), "mount tmpfs", target);
    }

    /**
     * Unmounts what is mounted at a place, the topmost where there are several.
     *
     * @param detach take it from sight at once and end it when its last user has left; otherwise users are an error
     */
    public static void unmount(Path target, boolean detach) throws LinuxException {
        check(MountCalls.unmount(target.toString(), detach ? MNT_DETACH : 0), "unmount", target);
    }

    /** Lets what is mounted and unmounted below a mount be seen in other mount namespaces that have a copy of it. */
    public static void makeShared(Path target) throws LinuxException {
        check(MountCalls.mount("", target.toString(), "none", MS_SHARED, null), "share the mounts of", target);
    }

    /** Ends what {@link #makeShared} began: what is mounted and unmounted below is seen in this mount namespace alone. */
    public static void makePrivate(Path target) throws LinuxException {
        check(MountCalls.mount("", target.toString(), "none", MS_PRIVATE, null), "keep the mounts private of", target);
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
