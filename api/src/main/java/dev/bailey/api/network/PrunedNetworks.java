package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The answer to {@code POST /networks/prune}.
 *
 * @param networksDeleted names of the networks that are gone
 */
@Json
public record PrunedNetworks(
        @Json.Property("NetworksDeleted") List<String> networksDeleted) {
    public PrunedNetworks {
        networksDeleted = Absent.orEmpty(networksDeleted);
    }
}
