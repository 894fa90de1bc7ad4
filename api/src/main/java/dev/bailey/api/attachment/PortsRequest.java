package dev.bailey.api.attachment;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The body of {@code POST /bailey/ports/add} and {@code /bailey/ports/rm}: publishes ports of what runs, or ends that.
 *
 * @param name name or id of a container, or name of a sandbox without one
 * @param ports the ports: to add, each as {@code bailey run -p} takes it; to remove, as the answer to that told them, or
 *     {@code port[/protocol]} of the container for all that lead there
 */
@Json
public record PortsRequest(String name, List<String> ports) {
    public PortsRequest {
        name = Absent.orEmpty(name);
        ports = Absent.orEmpty(ports);
    }
}
