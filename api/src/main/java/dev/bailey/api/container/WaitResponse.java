package dev.bailey.api.container;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code POST /containers/{id}/wait}, sent when the container has ended.
 *
 * @param statusCode exit code of the main process
 * @param error why waiting failed; absent when it did not
 */
@Json
public record WaitResponse(
        @Json.Property("StatusCode") long statusCode,
        @Json.Property("Error") @Nullable WaitError error) {}
