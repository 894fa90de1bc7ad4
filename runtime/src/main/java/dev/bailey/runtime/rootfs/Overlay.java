package dev.bailey.runtime.rootfs;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.Mounts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Folders joined into one tree by overlayfs.
 *
 * @param lower read-only, the top one first
 * @param upper takes what is written
 * @param work an empty folder on the file system of {@code upper}
 */
public record Overlay(List<Path> lower, Path upper, Path work) {
    /** Copies the list. */
    public Overlay {
        lower = List.copyOf(lower);
    }

    /** The options of a mount, for an OCI runtime to make it. */
    List<String> options() {
        return List.of(
                "lowerdir=" + lower.stream().map(Path::toString).collect(Collectors.joining(":")),
                "upperdir=" + upper,
                "workdir=" + work);
    }

    /** Makes the tree visible at a folder. */
    public void mount(Path target) throws LinuxException {
        Mounts.overlay(lower, upper, work, target);
    }
}
