package dev.bailey.demo;

import dev.bailey.lab.Await;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The control groups that the demonstration's containers are in: one of its own in each of the machine's hierarchies.
 *
 * @param name what they are called
 */
record ControlGroups(String name) {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /** Names those of this process; they are made on the stage. */
    static ControlGroups ofThisProcess() {
        return new ControlGroups("bailey-demo-" + ProcessHandle.current().pid());
    }

    /** Removes them with what is below, as soon as the last process has left; none of them is no error. */
    void remove() {
        Await.until("the control groups of the demonstration to be empty", () -> {
            try {
                for (Path hierarchy : hierarchies()) {
                    removeTree(hierarchy.resolve(name));
                }
                return true;
            } catch (IOException busy) {
                return false;
            }
        });
    }

    /** With version 2 the root is the only hierarchy; with version 1 each folder in it is one. */
    private static List<Path> hierarchies() throws IOException {
        List<Path> hierarchies = new ArrayList<>(List.of(ROOT));
        if (!Files.exists(ROOT.resolve("cgroup.controllers"))) {
            hierarchies.addAll(folders(ROOT));
        }
        return hierarchies;
    }

    private static void removeTree(Path group) throws IOException {
        if (Files.isDirectory(group)) {
            for (Path child : folders(group)) {
                removeTree(child);
            }
            Files.deleteIfExists(group);
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> children =
                Files.newDirectoryStream(folder, child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))) {
            children.forEach(folders::add);
        }
        return folders;
    }
}
