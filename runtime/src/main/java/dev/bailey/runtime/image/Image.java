package dev.bailey.runtime.image;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * A loaded image as it was at one moment; never changes.
 *
 * @param id {@code sha256:…} of its configuration
 * @param names every {@code name:tag} that stands for it
 * @param createdAt when its maker says it was made; the epoch when it does not say
 * @param sizeBytes of its unpacked layers, as far as known
 * @param layers the chain ids of its unpacked layers ({@code sha256:…}), the lowest first
 * @param config what it says about the process to start
 */
@Json
public record Image(
        String id, List<String> names, Instant createdAt, long sizeBytes, List<String> layers, ImageConfig config) {
    /** Copies the lists. */
    public Image {
        names = List.copyOf(names);
        layers = List.copyOf(layers);
    }

    Image withNames(List<String> other) {
        return new Image(id, other, createdAt, sizeBytes, layers, config);
    }
}
