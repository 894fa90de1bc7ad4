package dev.bailey.engine.plan;

import dev.bailey.engine.firewall.EgressPolicy.Hop;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.HostRoute;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.uplink.UplinkState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The default routes that a host has by its uplinks; pure. */
public final class DefaultHops {
    private DefaultHops() {}

    /** The preferred default route of each uplink, the preferred uplink first; O(links + routes). */
    public static Map<InterfaceName, Hop> of(HostView host) {
        Map<InterfaceName, Hop> hops = new LinkedHashMap<>();
        for (HostLink uplink : UplinkState.of(host).links()) {
            host.routes().stream()
                    .filter(route -> route.isDefault() && route.link() == uplink.index())
                    .min(Comparator.comparingLong(route -> Integer.toUnsignedLong(route.metric())))
                    .ifPresent(route -> hops.put(new InterfaceName(uplink.name()), hop(route)));
        }
        return hops;
    }

    private static Hop hop(HostRoute route) {
        return new Hop(route.link(), route.gateway());
    }
}
