package dev.bailey.runtime.image;

import dev.bailey.linux.MountTable;
import dev.bailey.linux.Mounts;
import dev.bailey.runtime.rootfs.Trees;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Folders for unfinished work, known by their names, so that what a crash left is taken away at the next start. */
final class Workspaces {
    static final String PREFIX = ".unfinished-";

    private Workspaces() {}

    /** Takes away everything unfinished in a folder, mounts first. */
    static void sweep(Path folder, MountTable mounts) throws IOException {
        List<Path> unfinished = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, PREFIX + "*")) {
            stream.forEach(unfinished::add);
        }
        for (Path work : unfinished) {
            for (Path target : mounts.below(work)) {
                Mounts.unmount(target, true);
            }
            Trees.delete(work);
        }
    }
}
