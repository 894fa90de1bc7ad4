package dev.bailey.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a process writes its output to. */
final class OutputFile {
    /** No more than this is read: a process that prints without end must not fill the memory of the test. */
    static final int MAX_BYTES = 16 << 20;

    private OutputFile() {}

    /** The first {@link #MAX_BYTES} of what has been written so far; nothing when the lab has removed the file. */
    static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new LabException("reading " + file, e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new LabException("deleting " + file, e);
        }
    }
}
