package dev.bailey.engine.kernel;

import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Subnet;
import java.util.List;
import java.util.Optional;

/**
 * A host's network as it was at one moment.
 *
 * @param links every link of the host's namespace
 * @param routes the IPv4 unicast routes of its main table
 * @param ipv6Routes its IPv6 ones
 */
public record HostView(List<HostLink> links, List<HostRoute> routes, List<HostIpv6Route> ipv6Routes) {

    /** Copies the lists. */
    public HostView {
        links = List.copyOf(links);
        routes = List.copyOf(routes);
        ipv6Routes = List.copyOf(ipv6Routes);
    }

    /** A host without IPv6 routes. */
    public HostView(List<HostLink> links, List<HostRoute> routes) {
        this(links, routes, List.of());
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
        /** One that packets leave by without a next hop, such as wg0, ppp0 or tun0. */
        DIRECT,
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
     * @param ipv6Addresses its IPv6 addresses
     * @param limit how much it sends in a second; empty where that is not limited
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
            List<InterfaceAddress> addresses,
            List<Ipv6InterfaceAddress> ipv6Addresses,
            Optional<BitRate> limit) {

        /** Copies the list. */
        public HostLink {
            addresses = List.copyOf(addresses);
            ipv6Addresses = List.copyOf(ipv6Addresses);
        }

        /** A link without IPv6 addresses and without a limit. */
        public HostLink(
                int index,
                String name,
                LinkKind kind,
                int master,
                boolean up,
                int mtuBytes,
                boolean isolated,
                boolean hairpin,
                List<InterfaceAddress> addresses) {
            this(index, name, kind, master, up, mtuBytes, isolated, hairpin, addresses, List.of(), Optional.empty());
        }
    }

    /**
     * An IPv4 route.
     *
     * @param destination where it leads; {@code 0.0.0.0/0} for a default route
     * @param link the index of the link that it leaves through, 0 for none
     * @param metric its priority, the smallest wins
     * @param gateway the next hop; empty where the destination is on the link
     */
    public record HostRoute(Subnet destination, int link, int metric, Optional<Ipv4Address> gateway) {
        /** A route without a next hop. */
        public HostRoute(Subnet destination, int link, int metric) {
            this(destination, link, metric, Optional.empty());
        }

        /** Returns whether this is a default route. */
        public boolean isDefault() {
            return destination.prefixLength() == 0;
        }
    }

    /**
     * An IPv6 route.
     *
     * @param destination where it leads; {@code ::/0} for a default route
     * @param link the index of the link that it leaves through, 0 for none
     * @param metric its priority, the smallest wins
     * @param gateway the next hop; empty where the destination is on the link
     */
    public record HostIpv6Route(Ipv6Subnet destination, int link, int metric, Optional<Ipv6Address> gateway) {
        /** Returns whether this is a default route. */
        public boolean isDefault() {
            return destination.prefixLength() == 0;
        }
    }
}
