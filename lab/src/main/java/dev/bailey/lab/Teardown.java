package dev.bailey.lab;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.MountTable.Mount;
import dev.bailey.linux.Mounts;
import dev.bailey.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The end of a lab's directory, whoever made it and in whatever state: it needs no memory of what the lab did. */
final class Teardown {
    /** Where {@code ip netns} looks for names. */
    static final Path NAMES = Path.of("/run/netns");

    private Teardown() {}

    /**
     * Kills the processes in the namespaces bound below the directory, unmounts what is mounted there, takes the names in
     * {@link #NAMES} back that start with the directory's, and deletes the directory. Does nothing where there is none.
     */
    static void of(Path directory) {
        try {
            Processes.killInside(LabMounts.namespaces(directory));
            unmountBelow(directory);
            for (Path name : names(directory)) {
                NetworkNamespace.unbind(name);
            }
            delete(directory);
        } catch (IOException e) {
            throw new LabException("cannot tear down " + directory, e);
        }
    }

    /** The names in {@link #NAMES} that belong to the lab of this directory. */
    static List<Path> names(Path directory) throws IOException {
        if (!Files.isDirectory(NAMES)) {
            return List.of();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(NAMES, directory.getFileName() + "-*")) {
            List<Path> names = new ArrayList<>();
            entries.forEach(names::add);
            return names;
        }
    }

    private static void unmountBelow(Path directory) throws LinuxException {
        List<Mount> mounts = LabMounts.below(directory);
        for (Mount mount : mounts) {
            // The end of a host's name has to reach its copies in other mount namespaces, through the directory. All
            // else may be a part of the machine shown here, and its unmounting must not reach the machine.
            if (!mount.target().equals(directory)) {
                Mounts.makePrivate(mount.target());
            }
        }
        // The table is read again each time, since an unmounting may reach further mounts below the directory.
        for (int left = 2 * mounts.size(); left > 0 && !mounts.isEmpty(); left--) {
            Mounts.unmount(mounts.getLast().target(), true);
            mounts = LabMounts.below(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Mount> mounts = LabMounts.below(directory);
        if (!mounts.isEmpty()) {
            throw new IOException("still mounted: " + LabMounts.describe(mounts.getFirst()));
        }
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
