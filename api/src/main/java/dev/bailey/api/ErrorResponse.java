package dev.bailey.api;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * The body of every response that reports an error.
 *
 * @param message one line for a person: what was wrong, where, and what would be right
 */
@Json
public record ErrorResponse(String message) {
    public ErrorResponse {
        message = Absent.orEmpty(message);
    }
}
