package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A bridge of the host, as {@code GET /bailey/bridges} tells it.
 *
 * @param name name of the link
 * @param id its id as brctl writes it, {@code 8000.0242ac110001}
 * @param spanningTree whether it speaks the spanning tree protocol
 * @param mtu largest packet in bytes
 * @param up whether it is administratively up
 * @param state what can be sent over it: {@code up}, {@code down}, {@code unknown}, …
 * @param addresses its addresses with prefix length
 * @param network name of the network on it; empty for a bridge of others
 * @param ports what is plugged into it, by name
 */
@Json
public record HostBridge(
        String name,
        String id,
        boolean spanningTree,
        int mtu,
        boolean up,
        String state,
        List<String> addresses,
        String network,
        List<BridgePort> ports) {
    public HostBridge {
        name = Absent.orEmpty(name);
        id = Absent.orEmpty(id);
        state = Absent.orEmpty(state);
        addresses = Absent.orEmpty(addresses);
        network = Absent.orEmpty(network);
        ports = Absent.orEmpty(ports);
    }
}
