package dev.bailey.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checkout that these tests belong to. */
public final class Repository {
    private Repository() {}

    /** Returns the folder of the root pom. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("bailey"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "not inside a checkout: " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }

    /** Returns every Java file below {@code src}, in tests as well if asked for, in the order of their paths. */
    static List<JavaFile> javaFiles(boolean tests) {
        try (var files = Files.walk(root(), 20)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> tests || file.toString().contains("/src/main/"))
                    .sorted()
                    .map(JavaFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String path) {
        try {
            return Files.readString(root().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
