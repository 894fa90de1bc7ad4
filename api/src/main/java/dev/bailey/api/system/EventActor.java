package dev.bailey.api.system;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.Map;

/**
 * What an event happened to.
 *
 * @param id its id
 * @param attributes more about it: name, image, exitCode, labels
 */
@Json
public record EventActor(
        @Json.Property("ID") String id,
        @Json.Property("Attributes") Map<String, String> attributes) {
    public EventActor {
        id = Absent.orEmpty(id);
        attributes = Absent.orEmpty(attributes);
    }
}
