package dev.bailey.runtime.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable JSON file whose value says which version of its format it is in.
 *
 * <p>A broken file is set aside, with a message, and never dropped; a file of a newer version is refused, because
 * writing it back would lose what this Bailey does not know.
 *
 * @param <T> the value
 */
public final class VersionedFile<T> {
    private static final Logger LOG = LoggerFactory.getLogger(VersionedFile.class);

    private final Path file;
    private final Class<T> type;
    private final int version;
    private final ToIntFunction<T> versionOf;

    /**
     * A file that need not exist.
     *
     * @param file where it is
     * @param type of its value
     * @param version the newest that is understood
     * @param versionOf tells the version of a value
     */
    public VersionedFile(Path file, Class<T> type, int version, ToIntFunction<T> versionOf) {
        this.file = file;
        this.type = type;
        this.version = version;
        this.versionOf = versionOf;
    }

    /** The value; empty when there is no file, or a broken one, which is then beside it under another name. */
    public Optional<T> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        T value;
        try {
            value = JsonFiles.read(file, type);
        } catch (IOException | RuntimeException broken) {
            Path aside = file.resolveSibling(file.getFileName() + ".broken");
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            LOG.error("state file {} is broken and was set aside as {}: {}", file, aside, broken.getMessage());
            return Optional.empty();
        }
        int found = versionOf.applyAsInt(value);
        if (found < 1 || found > version) {
            throw new IOException(file + " is of version " + found + ", this Bailey understands 1 to " + version
                    + ": start the newer Bailey, or choose another data root");
        }
        return Optional.of(value);
    }

    /** Replaces the value, durably. */
    public void write(T value) throws IOException {
        JsonFiles.write(file, value, type);
    }
}
