package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * Why a wait for a container's end failed.
 *
 * @param message one line for a person
 */
@Json
public record WaitError(@Json.Property("Message") String message) {
    public WaitError {
        message = Absent.orEmpty(message);
    }
}
