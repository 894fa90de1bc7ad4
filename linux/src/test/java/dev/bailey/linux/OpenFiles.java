package dev.bailey.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that this process has open, by what {@code /proc/self/fd} calls them. */
final class OpenFiles {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OpenFiles() {}

    /** How many descriptors are open on something whose name begins so, such as {@code socket:}. */
    static long count(String prefix) {
        return targets().stream().filter(target -> target.startsWith(prefix)).count();
    }

    private static List<String> targets() {
        List<String> targets = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                try {
                    targets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException closedMeanwhile) {
                    continue;
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return targets;
    }
}
