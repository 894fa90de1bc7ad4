package dev.bailey.bench.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the peers are installed: in a tree of Debian's newest, or on this machine.
 *
 * @param tree the tree's folder; empty for the machine itself
 */
public record PeerRoot(Optional<Path> tree) {
    private static final List<String> KERNEL_FOLDERS = List.of("/proc", "/sys", "/dev");

    /** Returns the words that a command is put after, to run where the peers are. */
    public List<String> prefix() {
        return tree.map(folder -> List.of("chroot", folder.toString())).orElse(List.of());
    }

    /** Returns a command to run where the peers are, in the network namespace bound to a file. */
    public List<String> command(Path namespace, List<String> command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "--net=" + namespace));
        words.addAll(prefix());
        words.addAll(command);
        return words;
    }

    /** Returns the first of some files that is there, as the peers see it. */
    public Optional<String> find(String... files) {
        Path root = tree.orElse(Path.of("/"));
        return List.of(files).stream()
                .filter(file -> Files.isExecutable(root.resolve(file.substring(1))))
                .findFirst();
    }

    /** Returns what the tables say of it. */
    public String description() {
        return tree.isPresent() ? "Debian sid, in a tree of its own" : "as installed on this machine";
    }

    /**
     * Makes the tree usable: the kernel's folders, and the place of the run under its own path. The mounts are those of
     * this process's mount namespace and go with it.
     *
     * @param within places inside it, with namespaces of their own
     */
    public void mount(Place place, Place... within) throws IOException {
        if (tree.isEmpty()) {
            return;
        }
        Path log = place.folder().resolve("mount.log");
        String root = tree.get().toString();
        // A container's root cannot be entered below a folder that is no mount point (pivot_root(2)).
        Child.run(log, List.of("mount", "--bind", root, root));
        for (String folder : KERNEL_FOLDERS) {
            Child.run(log, List.of("mount", "--rbind", folder, root + folder));
        }
        // Shared, so that a namespace which is bound here later is there as well.
        share(place, log);
        for (Place each : within) {
            share(each, log);
        }
        String inside = root + place.folder();
        Files.createDirectories(Path.of(inside));
        Child.run(log, List.of("mount", "--rbind", place.folder().toString(), inside));
    }

    private static void share(Place place, Path log) throws IOException {
        String namespaces = place.namespaces().toString();
        Child.run(log, List.of("mount", "--bind", namespaces, namespaces));
        Child.run(log, List.of("mount", "--make-shared", namespaces));
    }
}
