package dev.bailey.daemon.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that holds this process's id while it runs. */
final class PidFile implements AutoCloseable {
    private final Path path;
    private final String content;

    private PidFile(Path path, String content) {
        this.path = path;
        this.content = content;
    }

    /**
     * Writes the file.
     *
     * @throws StartException when it names another process that runs
     */
    static PidFile write(Path path) throws IOException {
        checkFree(path);
        String content = ProcessHandle.current().pid() + "\n";
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.writeString(fresh, content);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(fresh, path, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        return new PidFile(path, content);
    }

    private static void checkFree(Path path) throws IOException {
        String text = read(path);
        if (!text.matches("[0-9]{1,9}")
                || Long.parseLong(text) == ProcessHandle.current().pid()) {
            return;
        }
        if (ProcessHandle.of(Long.parseLong(text)).isPresent()) {
            throw new StartException("--pidfile " + path + " names process " + text
                    + ", which runs: stop that daemon, or remove the file if it is none");
        }
    }

    private static String read(Path path) throws IOException {
        try {
            return Files.readString(path).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Removes the file, unless it is another's by now. */
    @Override
    public void close() throws IOException {
        if (read(path).equals(content.strip())) {
            Files.deleteIfExists(path);
        }
    }
}
