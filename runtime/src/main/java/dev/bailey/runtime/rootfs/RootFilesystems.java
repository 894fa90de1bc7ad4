package dev.bailey.runtime.rootfs;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.MountTable;
import dev.bailey.linux.Mounts;
import dev.bailey.runtime.oci.OciSpec.Mount;
import dev.bailey.runtime.state.ContainerFolders;
import dev.bailey.runtime.state.ContainerRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The root file systems of running containers: an overlay over the image, with what the container writes on top.
 *
 * <p>The top is a folder beside the container's state, so that it lasts. Linux since 5.13 takes such a folder even
 * where it lies below a lower one, which is always so for the root of this machine; what it refuses is a top on another
 * overlay or on some network file systems. There the top is kept in memory, until the container is removed.
 */
public final class RootFilesystems {
    private static final Logger LOG = LoggerFactory.getLogger(RootFilesystems.class);
    /** Separate file systems of this machine that are part of its root for a container, too. */
    private static final Set<String> DISK_TYPES =
            Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "bcachefs", "f2fs", "zfs");

    private static final Path HOST_ROOT = Path.of("/");
    private final List<Path> own;

    /**
     * Root file systems that show nothing of some folders.
     *
     * @param own Bailey's own folders
     */
    public RootFilesystems(List<Path> own) {
        this.own = List.copyOf(own);
    }

    /**
     * Mounts a container's root.
     *
     * @return the folder where it is visible
     */
    public Path mount(ContainerRecord container, ContainerFolders folders) throws IOException {
        List<Path> lower = new ArrayList<>(
                container.image().layers().stream().map(Path::of).toList());
        Collections.reverse(lower);
        Path root = Files.createDirectories(folders.root());
        if (inMemory(folders)) {
            overlay(lower, folders.scratch(), "").mount(root);
            return root;
        }
        try {
            overlay(lower, folders.durable(), "").mount(root);
        } catch (LinuxException refused) {
            LOG.info("{}; what the container writes is kept in memory", refused.getMessage());
            mountScratch(folders.scratch());
            overlay(lower, folders.scratch(), "").mount(root);
        }
        return root;
    }

    /** Unmounts a container's root; no error when it is not mounted. */
    public void unmount(ContainerFolders folders) throws IOException {
        if (isMountPoint(folders.root())) {
            Mounts.unmount(folders.root(), true);
        }
    }

    /** Gives up what a container has written in memory; no error when there is nothing. */
    public void discardScratch(ContainerFolders folders) throws IOException {
        if (inMemory(folders)) {
            Mounts.unmount(folders.scratch(), true);
        }
        Trees.delete(folders.scratch());
    }

    /** What a container of this machine's root needs besides: other disks of the machine, and a fresh {@code /run}. */
    public List<Mount> extraMounts(ContainerRecord container, ContainerFolders folders) throws IOException {
        if (!container.image().host()) {
            return List.of();
        }
        List<Mount> mounts = new ArrayList<>();
        mounts.add(new Mount("/run", "tmpfs", "tmpfs", List.of("nosuid", "nodev", "mode=755")));
        Path top = inMemory(folders) ? folders.scratch() : folders.durable();
        MountTable table = MountTable.read();
        List<Path> disks = table.mounts().stream()
                .filter(this::isOtherDisk)
                // It would show nothing new, and may be gone before the OCI runtime gets there.
                .filter(mount -> !table.isBoundToItself(mount))
                .map(MountTable.Mount::target)
                .distinct()
                .toList();
        for (Path disk : disks) {
            Overlay overlay = overlay(List.of(disk), top, "-" + mounts.size());
            mounts.add(new Mount(disk.toString(), "overlay", "overlay", overlay.options()));
        }
        return mounts;
    }

    /** The absolute paths inside that show Bailey's own folders. */
    public List<String> hidden(ContainerRecord container) {
        return container.image().layers().stream()
                .map(Path::of)
                .flatMap(layer ->
                        own.stream().filter(folder -> folder.startsWith(layer)).map(layer::relativize))
                .map(inside -> HOST_ROOT.resolve(inside).toString())
                .toList();
    }

    private boolean isOtherDisk(MountTable.Mount mount) {
        return DISK_TYPES.contains(mount.type())
                && !mount.target().equals(HOST_ROOT)
                && !mount.target().startsWith("/run")
                && own.stream().noneMatch(mount.target()::startsWith)
                && Files.isDirectory(mount.target());
    }

    private static Overlay overlay(List<Path> lower, Path top, String suffix) throws IOException {
        Path upper = top.resolve("upper" + suffix);
        if (!Files.isDirectory(upper)) {
            Files.createDirectories(upper);
            copyMode(lower.getFirst(), upper);
        }
        return new Overlay(lower, upper, Files.createDirectories(top.resolve("work" + suffix)));
    }

    // The top folder's own mode and owner are those of the root inside.
    private static void copyMode(Path from, Path to) throws IOException {
        for (String attribute : List.of("unix:uid", "unix:gid", "unix:mode")) {
            Object value = Files.getAttribute(from, attribute, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(to, attribute, attribute.equals("unix:mode") ? (Integer) value & 07777 : value);
        }
    }

    private static void mountScratch(Path scratch) throws IOException {
        Files.createDirectories(scratch);
        Mounts.tmpfs(scratch, "mode=0711");
    }

    private static boolean inMemory(ContainerFolders folders) throws IOException {
        return isMountPoint(folders.scratch());
    }

    private static boolean isMountPoint(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        // A mount has another device than the folder around it; overlays and tmpfs always do.
        Object here = Files.getAttribute(folder, "unix:dev");
        Object around = Files.getAttribute(folder.resolve("..").toRealPath(), "unix:dev");
        return !here.equals(around);
    }
}
