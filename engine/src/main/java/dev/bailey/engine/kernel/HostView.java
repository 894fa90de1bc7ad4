package dev.bailey.engine.kernel;

import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.Subnet;
import java.util.List;
import java.util.Optional;

/**
 * A host's network as it was at one moment.
 *
 * @param links every link of the host's namespace
 * @param routes the IPv4 unicast routes of its main table
 */
public record HostView(List<HostLink> links, List<HostRoute> routes) {

    /** Copies the lists. */
    public HostView {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
    }

    /** Returns the link of that name; O(links). */
    public Optional<HostLink> link(String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst();
    }

    /** What kind of device a link is, as far as the engine cares. */
    public enum LinkKind {
        /** A Linux bridge. */
        BRIDGE,
        /** One end of a veth pair. */
        VETH,
        /** Any other. */
        OTHER
    }

    /**
     * A link of the host.
     *
     * @param index its interface index, above 0
     * @param name its name
     * @param kind what it is
     * @param master the index of the bridge that it is a port of, 0 for none
     * @param up whether it is administratively up
     * @param mtuBytes its MTU in bytes
     * @param isolated whether it is a port that does not reach other isolated ports of its bridge
     * @param hairpin whether it is a port that its bridge sends frames back through
     * @param addresses its IPv4 addresses
     */
    public record HostLink(
            int index,
            String name,
            LinkKind kind,
            int master,
            boolean up,
            int mtuBytes,
            boolean isolated,
            boolean hairpin,
            List<InterfaceAddress> addresses) {

        /** Copies the list. */
        public HostLink {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * An IPv4 route.
     *
     * @param destination where it leads; {@code 0.0.0.0/0} for a default route
     * @param link the index of the link that it leaves through, 0 for none
     * @param metric its priority, the smallest wins
     */
    public record HostRoute(Subnet destination, int link, int metric) {

        /** Returns whether this is a default route. */
        public boolean isDefault() {
            return destination.prefixLength() == 0;
        }
    }
}
