package dev.bailey.engine.plan;

import dev.bailey.engine.kernel.HostChanges;
import dev.bailey.engine.kernel.HostChanges.LinkState;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.uplink.UplinkState;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the engine has reason to look at after others, or itself, changed a host. Most of what changes is the engine's own
 * doing or nobody's business: then there are none, and nothing is asked of the kernel.
 *
 * @param networks networks whose bridge may be broken
 * @param endpoints endpoints whose host end may be broken
 * @param settings whether settings of the kernel may be
 * @param rules whether the rules may be
 * @param uplinks whether the links that traffic leaves through may be others
 */
public record Suspects(
        Set<NetworkId> networks, Set<EndpointId> endpoints, boolean settings, boolean rules, boolean uplinks) {
    /** Nothing to look at. */
    public static final Suspects NONE = new Suspects(Set.of(), Set.of(), false, false, false);

    /** Copies the sets. */
    public Suspects {
        networks = Set.copyOf(networks);
        endpoints = Set.copyOf(endpoints);
    }

    /**
     * What is known of a host besides the model.
     *
     * @param uplinks the uplinks
     * @param absent bridges of operators that were not there when they were last looked for
     */
    public record Known(UplinkState uplinks, Set<InterfaceName> absent) {
        /** Nothing known. */
        public static final Known NOTHING = new Known(UplinkState.NONE, Set.of());

        /** Copies the set. */
        public Known {
            absent = Set.copyOf(absent);
        }

        /** Everything that a host shows. */
        public static Known of(HostView host, Snapshot model) {
            Set<InterfaceName> absent = new HashSet<>();
            model.networks().stream()
                    .filter(network -> network.owner() == BridgeOwner.OPERATOR)
                    .map(Network::bridge)
                    .filter(bridge -> host.link(bridge.value()).isEmpty())
                    .forEach(absent::add);
            return new Known(UplinkState.of(host), absent);
        }
    }

    /** Returns whether there is nothing to look at. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** One network's bridge. */
    public static Suspects of(NetworkId network) {
        return new Suspects(Set.of(network), Set.of(), false, false, false);
    }

    /** One endpoint's host end. */
    public static Suspects of(EndpointId endpoint) {
        return new Suspects(Set.of(), Set.of(endpoint), false, false, false);
    }

    /** The settings. */
    public static Suspects ofSettings() {
        return new Suspects(Set.of(), Set.of(), true, false, false);
    }

    /** The rules. */
    public static Suspects ofRules() {
        return new Suspects(Set.of(), Set.of(), false, true, false);
    }

    /** The uplinks. */
    public static Suspects ofUplinks() {
        return new Suspects(Set.of(), Set.of(), false, false, true);
    }

    /** Picks what a report gives reason to look at; O(what it reports × log of what exists), and pure. */
    public static Suspects of(HostChanges changes, Snapshot model, Known known) {
        Set<NetworkId> networks = new HashSet<>();
        Set<EndpointId> endpoints = new HashSet<>();
        boolean uplinks = changes.defaultRoutes() || known.uplinks().hasAny(changes.lostAddresses());
        for (LinkState link : changes.links()) {
            Optional<Endpoint> endpoint = name(link).flatMap(model::endpointOfHostEnd);
            Optional<Network> network =
                    endpoint.isPresent() ? Optional.empty() : name(link).flatMap(model::networkOfBridge);
            endpoint.filter(_ -> !link.up() || link.master() == 0).ifPresent(each -> endpoints.add(each.id()));
            network.filter(each -> isSuspicious(link, each) || known.absent().contains(each.bridge()))
                    .ifPresent(each -> networks.add(each.id()));
            uplinks |= known.uplinks()
                    .named(link.name())
                    .filter(uplink -> !link.up() || link.mtuBytes() != uplink.mtuBytes())
                    .isPresent();
        }
        boolean lostIpv6 = false;
        for (Network network : model.networks()) {
            boolean itsIpv6 = Ipv6Settings.bridgeAddress(network)
                    .filter(changes.lostAddresses()::contains)
                    .isPresent();
            if (itsIpv6 || network.ipv4().filter(part -> lost(part, changes)).isPresent()) {
                networks.add(network.id());
            }
            lostIpv6 |= itsIpv6;
        }
        // Whoever switches IPv6 off for a link takes its addresses.
        boolean settings = changes.forwardingOff() || lostIpv6;
        return new Suspects(networks, endpoints, settings, changes.rules(), uplinks);
    }

    private static boolean lost(NetworkIpv4 part, HostChanges changes) {
        return changes.lostAddresses().contains(part.bridgeAddress())
                || changes.lostRoutes().contains(part.subnet());
    }

    /** Others may give names that the engine would not take. */
    private static Optional<InterfaceName> name(LinkState link) {
        try {
            return Optional.of(new InterfaceName(link.name()));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static boolean isSuspicious(LinkState bridge, Network network) {
        return switch (network.owner()) {
            case ENGINE -> !bridge.up() || bridge.mtuBytes() != network.mtuBytes() || bridge.master() != 0;
            case OPERATOR -> !bridge.up();
        };
    }
}
