package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Objects;

/**
 * A link that traffic leaves the host through, or could, as {@code GET /bailey/uplinks} tells it.
 *
 * @param name name of the link
 * @param kind kind of virtual device; empty for others
 * @param up whether it is administratively up
 * @param state what can be sent over it: {@code up}, {@code down}, {@code unknown}, …
 * @param mtu largest packet in bytes
 * @param addresses its addresses with prefix length
 * @param routes its default routes, the preferred one first; none for a link that is no uplink yet
 * @param received what came in
 * @param sent what went out
 */
@Json
public record HostUplink(
        String name,
        String kind,
        boolean up,
        String state,
        int mtu,
        List<String> addresses,
        List<UplinkRoute> routes,
        LinkTraffic received,
        LinkTraffic sent) {
    public HostUplink {
        name = Absent.orEmpty(name);
        kind = Absent.orEmpty(kind);
        state = Absent.orEmpty(state);
        addresses = Absent.orEmpty(addresses);
        routes = Absent.orEmpty(routes);
        received = Objects.requireNonNullElse(received, LinkTraffic.NONE);
        sent = Objects.requireNonNullElse(sent, LinkTraffic.NONE);
    }
}
