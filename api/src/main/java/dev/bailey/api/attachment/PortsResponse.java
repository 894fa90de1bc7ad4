package dev.bailey.api.attachment;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The answer to {@code POST /bailey/ports/add} and {@code /bailey/ports/rm}.
 *
 * @param ports what was published, or is no more: {@code hostAddress:hostPorts:containerPorts/protocol}
 */
@Json
public record PortsResponse(List<String> ports) {
    public PortsResponse {
        ports = Absent.orEmpty(ports);
    }
}
