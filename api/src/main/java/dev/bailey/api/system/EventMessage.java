package dev.bailey.api.system;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One event; {@code GET /events} answers one of these a line.
 *
 * @param status the action again, for containers and images
 * @param id the object's id again, for containers and images
 * @param from the image of a container
 * @param type {@code container}, {@code network}, {@code image} or {@code daemon}
 * @param action what happened, {@code start}
 * @param actor what it happened to
 * @param scope {@code local}
 * @param time seconds since 1970
 * @param timeNano nanoseconds since 1970
 */
@Json
public record EventMessage(
        @Nullable String status,
        @Nullable String id,
        @Nullable String from,
        @Json.Property("Type") String type,
        @Json.Property("Action") String action,
        @Json.Property("Actor") EventActor actor,
        String scope,
        long time,
        long timeNano) {
    public EventMessage {
        type = Absent.orEmpty(type);
        action = Absent.orEmpty(action);
        scope = Absent.orEmpty(scope);
    }
}
