package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * A port of a bridge of the host.
 *
 * @param name name of the link
 * @param up whether the link is administratively up
 * @param state what the port is allowed to do: {@code forwarding}, {@code disabled}, …
 * @param mtu largest packet in bytes
 * @param container name of the container whose host end it is; empty for a port of others
 * @param endpoint id of the endpoint, 64 hexadecimal digits; empty for a port of others
 * @param address the container's address with prefix length, that of IPv4 where there are two; empty for a port of others
 */
@Json
public record BridgePort(
        String name, boolean up, String state, int mtu, String container, String endpoint, String address) {
    public BridgePort {
        name = Absent.orEmpty(name);
        state = Absent.orEmpty(state);
        container = Absent.orEmpty(container);
        endpoint = Absent.orEmpty(endpoint);
        address = Absent.orEmpty(address);
    }
}
