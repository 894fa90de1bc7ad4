package dev.bailey.runtime.image;

import dev.bailey.runtime.image.Formats.ConfigFile;
import dev.bailey.runtime.image.Formats.ProcessConfig;
import dev.bailey.runtime.image.Formats.RootFs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image as an archive holds it, its parts found and its manifest's promises known but not yet verified.
 *
 * @param id the digest of its configuration, verified
 * @param names its names, each with a tag
 * @param createdAt when its maker says it was made
 * @param config what it says about the process
 * @param layers its layers, the lowest first
 */
record ArchivedImage(Digest id, List<String> names, Instant createdAt, ImageConfig config, List<Layer> layers) {
    /**
     * A packed layer.
     *
     * @param file where it is
     * @param blob the digest of the file, when the archive promises one
     * @param diff the digest of the tar in it
     */
    record Layer(Path file, Optional<Digest> blob, Digest diff) {}

    /** Joins a configuration with the files of its layers. */
    static ArchivedImage of(
            Digest id, List<String> names, ConfigFile file, List<Path> files, List<Optional<Digest>> blobs)
            throws IOException {
        RootFs root = file.rootfs();
        List<String> diffs = root == null || root.diffIds() == null ? List.of() : root.diffIds();
        if (diffs.size() != files.size()) {
            throw new IOException("image " + id + ": its configuration lists " + diffs.size() + " layers, its manifest "
                    + files.size());
        }
        Layer[] layers = new Layer[diffs.size()];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new Layer(files.get(i), blobs.get(i), Digest.parse(diffs.get(i)));
        }
        return new ArchivedImage(id, names, created(file.created()), config(file.config()), List.of(layers));
    }

    private static Instant created(@Nullable String text) {
        try {
            return text == null ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException unreadable) {
            return Instant.EPOCH;
        }
    }

    private static ImageConfig config(@Nullable ProcessConfig file) {
        if (file == null) {
            return ImageConfig.EMPTY;
        }
        return new ImageConfig(
                Objects.requireNonNullElse(file.env(), List.of()),
                Objects.requireNonNullElse(file.entrypoint(), List.of()),
                Objects.requireNonNullElse(file.cmd(), List.of()),
                Objects.requireNonNullElse(file.workingDir(), ""),
                Objects.requireNonNullElse(file.user(), ""),
                Objects.requireNonNullElse(file.labels(), Map.of()),
                Objects.requireNonNullElse(file.stopSignal(), ""),
                file.exposedPorts() == null
                        ? List.of()
                        : file.exposedPorts().keySet().stream().sorted().toList());
    }
}
