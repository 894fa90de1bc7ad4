package dev.bailey.runtime.rootfs;

import dev.bailey.linux.MountTable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cgroups of containers: one for each, all below one parent, in every hierarchy of the host, be it version 1, 2 or
 * both.
 */
public final class Cgroups {
    private final List<Path> parents;
    private final int depth;

    /**
     * The cgroups below a parent.
     *
     * @param parent such as {@code bailey/fe01-131}, relative to the root of each hierarchy
     * @param mounts of this host
     */
    public Cgroups(String parent, MountTable mounts) {
        depth = Path.of(parent).getNameCount();
        parents = mounts.mounts().stream()
                .filter(mount -> mount.type().equals("cgroup") || mount.type().equals("cgroup2"))
                .map(mount -> mount.target().resolve(parent))
                .distinct()
                .toList();
    }

    /** The names of the containers that have a cgroup in some hierarchy. */
    public Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path parent : parents) {
            children(parent).forEach(child -> names.add(child.getFileName().toString()));
        }
        return names;
    }

    /** The processes in a container's cgroup and those below it. */
    public Set<Integer> processes(String name) throws IOException {
        Set<Integer> pids = new TreeSet<>();
        for (Path parent : parents) {
            collect(parent.resolve(name), pids);
        }
        return pids;
    }

    /** Removes a container's cgroups; no error when there are none. Processes in them are an error. */
    public void remove(String name) throws IOException {
        for (Path parent : parents) {
            removeTree(parent.resolve(name));
        }
    }

    /** Removes the parent where it holds no container any more, and those above it that hold nothing else either. */
    public void removeEmptyParents() throws IOException {
        for (Path parent : parents) {
            for (int above = 0; above < depth; above++) {
                Path cgroup = parent.resolve("../".repeat(above)).normalize();
                if (!children(cgroup).isEmpty()) {
                    break;
                }
                Files.deleteIfExists(cgroup);
            }
        }
    }

    private static void collect(Path cgroup, Set<Integer> pids) throws IOException {
        for (Path child : children(cgroup)) {
            collect(child, pids);
        }
        try {
            Files.readAllLines(cgroup.resolve("cgroup.procs")).forEach(line -> pids.add(Integer.valueOf(line)));
        } catch (NoSuchFileException gone) {
            // Without the cgroup there is no process in it.
        }
    }

    private static void removeTree(Path cgroup) throws IOException {
        for (Path child : children(cgroup)) {
            removeTree(child);
        }
        Files.deleteIfExists(cgroup);
    }

    // The files in a cgroup are the kernel's; only folders can be removed.
    private static List<Path> children(Path cgroup) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(cgroup, Files::isDirectory)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
        return children;
    }
}
