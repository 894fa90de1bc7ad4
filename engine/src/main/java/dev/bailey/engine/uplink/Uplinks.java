package dev.bailey.engine.uplink;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.HostRoute;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The links that a host's default routes leave through; pure. */
public final class Uplinks {
    /** The MTU in bytes of a network on a host without uplinks: Ethernet's. */
    public static final int DEFAULT_MTU_BYTES = 1500;

    private Uplinks() {}

    /** Returns the links that are up and that a default route leaves through, in the view's order; O(links + routes). */
    public static List<HostLink> of(HostView host) {
        Set<Integer> ways = host.routes().stream()
                .filter(HostRoute::isDefault)
                .map(HostRoute::link)
                .collect(Collectors.toSet());
        return host.links().stream()
                .filter(link -> link.up() && ways.contains(link.index()))
                .toList();
    }

    /** Returns the smallest MTU in bytes of the uplinks, so that no packet needs fragments whichever one it takes. */
    public static int mtuBytes(HostView host) {
        return of(host).stream().mapToInt(HostLink::mtuBytes).min().orElse(DEFAULT_MTU_BYTES);
    }
}
