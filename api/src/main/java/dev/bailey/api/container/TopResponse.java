package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The processes of a container; the answer to {@code GET /containers/{id}/top}.
 *
 * @param titles column titles
 * @param processes one row a process, in the order of the titles
 */
@Json
public record TopResponse(
        @Json.Property("Titles") List<String> titles,
        @Json.Property("Processes") List<List<String>> processes) {
    public TopResponse {
        titles = Absent.orEmpty(titles);
        processes = Absent.orEmpty(processes);
    }
}
