package dev.bailey.api.image;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The layers of an image, lowest first.
 *
 * @param type {@code layers}
 * @param layers digests of the unpacked layers
 */
@Json
public record RootFs(
        @Json.Property("Type") String type,
        @Json.Property("Layers") List<String> layers) {
    public RootFs {
        type = Absent.orEmpty(type);
        layers = Absent.orEmpty(layers);
    }
}
