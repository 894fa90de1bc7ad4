package dev.bailey.lab;

import dev.bailey.linux.MountTable;
import dev.bailey.linux.MountTable.Mount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The mounts on and below the directory of a lab. */
final class LabMounts {
    private LabMounts() {}

    /** The mounts on and below a directory, in the order in which they were made. */
    static List<Mount> below(Path directory) {
        try {
            return MountTable.read().mounts().stream()
                    .filter(mount -> mount.target().startsWith(directory))
                    .toList();
        } catch (IOException e) {
            throw new LabException("reading the mount table", e);
        }
    }

    /** The inodes of the network namespaces that are bound below a directory. */
    static Set<Long> namespaces(Path directory) {
        return below(directory).stream()
                .filter(LabMounts::isNamespace)
                .flatMapToLong(mount -> NamespaceLink.inode(mount.root()).stream())
                .boxed()
                .collect(Collectors.toSet());
    }

    /** A mount as told in a list of what is left. */
    static String describe(Mount mount) {
        return "mount " + mount.target() + " (" + mount.type() + (isNamespace(mount) ? " " + mount.root() : "") + ")";
    }

    private static boolean isNamespace(Mount mount) {
        return mount.type().equals("nsfs");
    }
}
