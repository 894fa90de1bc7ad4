package dev.bailey.api.exec;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * The answer to {@code POST /containers/{id}/exec}.
 *
 * @param id the command's id, 64 hexadecimal digits
 */
@Json
public record ExecCreateResponse(@Json.Property("Id") String id) {
    public ExecCreateResponse {
        id = Absent.orEmpty(id);
    }
}
