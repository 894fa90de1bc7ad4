package dev.bailey.engine.plan;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a network needs of its bridge. */
public final class NetworkPlan {
    private NetworkPlan() {}

    /**
     * Returns the steps that bring a network's bridge from what it is to what it should be; none where all is right.
     * Addresses that an operator added to the bridge stay. A bridge of the operator's own is set up, and no more.
     *
     * @param read reads a setting of the kernel; empty where there is none
     * @throws EngineException CONFLICT when another kind of link has the bridge's name
     */
    public static List<Step> bridge(Network network, HostView host, Function<String, Optional<String>> read) {
        Optional<HostLink> present = host.link(network.bridge().value());
        return switch (network.owner()) {
            case ENGINE -> present.isPresent() ? mend(network, present.get(), read) : creation(network, read);
            case OPERATOR -> present.isPresent() ? setUp(present.get()) : List.of();
        };
    }

    /**
     * Returns the steps that make the bridge of a network of which nothing is there yet.
     *
     * @param read reads a setting of the kernel; empty where there is none
     */
    public static List<Step> creation(Network network, Function<String, Optional<String>> read) {
        List<Step> steps = new ArrayList<>();
        steps.add(new LinkStep.CreateBridge(network.bridge(), network.mtuBytes(), network.bridgeHardware()));
        steps.addAll(Ipv6Settings.creation(network, read));
        addresses(network).forEach(each -> steps.add(new LinkStep.AddAddress(network.bridge(), each)));
        steps.add(new LinkStep.SetLinkUp(network.bridge()));
        return steps;
    }

    private static List<LinkAddress> addresses(Network network) {
        List<LinkAddress> addresses = new ArrayList<>();
        network.ipv4().filter(NetworkIpv4::bridgeAddressed).ifPresent(part -> addresses.add(part.bridgeAddress()));
        Ipv6Settings.bridgeAddress(network).ifPresent(ipv6 -> addresses.addAll(List.of(ipv6, Ipv6Settings.LINK_LOCAL)));
        return addresses;
    }

    private static boolean hasNot(HostLink link, LinkAddress address) {
        return switch (address) {
            case InterfaceAddress ipv4 -> !link.addresses().contains(ipv4);
            case Ipv6InterfaceAddress ipv6 -> !link.ipv6Addresses().contains(ipv6);
        };
    }

    /** Returns the steps that take away what may be left of a network whose removal was begun. */
    public static List<Step> remains(Network network, HostView host) {
        boolean there = host.link(network.bridge().value())
                .filter(link -> link.kind() == LinkKind.BRIDGE)
                .isPresent();
        return there && network.owner() == BridgeOwner.ENGINE
                ? List.of(new LinkStep.RemoveLink(network.bridge()))
                : List.of();
    }

    /**
     * Returns the steps that remove the bridge of a network without endpoints: none where it is the operator's.
     *
     * @return empty when links of others are ports of it, which must not lose it
     */
    public static Optional<List<Step>> removal(Network network, HostView host) {
        Optional<HostLink> present = host.link(network.bridge().value());
        if (network.owner() == BridgeOwner.OPERATOR || present.isEmpty()) {
            return Optional.of(List.of());
        }
        boolean ours = present.get().kind() == LinkKind.BRIDGE;
        boolean used = host.links().stream()
                .anyMatch(link -> link.master() == present.get().index());
        List<Step> steps = ours ? List.of(new LinkStep.RemoveLink(network.bridge())) : List.of();
        return used ? Optional.empty() : Optional.of(steps);
    }

    /**
     * Returns the steps that take the addresses away which a bridge of the engine's had before its network got others; none
     * where it has not got them, or has to keep them.
     */
    public static List<Step> formerAddress(Network before, Network now, HostView host) {
        Optional<HostLink> link = host.link(before.bridge().value())
                .filter(each -> before.owner() == BridgeOwner.ENGINE
                        && before.bridge().equals(now.bridge())
                        && each.kind() == LinkKind.BRIDGE);
        List<LinkAddress> wanted = addresses(now);
        return addresses(before).stream()
                .filter(address -> !wanted.contains(address))
                .filter(address -> link.filter(each -> !hasNot(each, address)).isPresent())
                .<Step>map(address -> new LinkStep.RemoveAddress(before.bridge(), address))
                .toList();
    }

    /**
     * Returns the steps that follow a change of a network's MTU: for its bridge where that is the engine's, and for the host
     * ends.
     *
     * <p>A host end never becomes smaller than the sandbox end at its other side, which keeps what it was made with: it would
     * drop the larger packets without a word, while the bridge answers them with the MTU that fits (RFC 1191).
     *
     * @param endpoints the endpoints on the network
     */
    public static List<Step> mtu(Network before, Network after, Collection<Endpoint> endpoints) {
        List<Step> steps = new ArrayList<>();
        if (after.owner() == BridgeOwner.ENGINE) {
            steps.add(new LinkStep.SetMtu(after.bridge(), after.mtuBytes(), before.mtuBytes()));
        }
        for (Endpoint endpoint : endpoints) {
            int was = Math.max(before.mtuBytes(), endpoint.mtuBytes());
            int becomes = Math.max(after.mtuBytes(), endpoint.mtuBytes());
            if (was != becomes) {
                steps.add(new LinkStep.SetMtu(endpoint.hostEnd(), becomes, was));
            }
        }
        return steps;
    }

    private static List<Step> setUp(HostLink link) {
        return link.up() || link.kind() != LinkKind.BRIDGE
                ? List.of()
                : List.of(new LinkStep.SetLinkUp(new InterfaceName(link.name())));
    }

    private static List<Step> mend(Network network, HostLink link, Function<String, Optional<String>> read) {
        if (link.kind() != LinkKind.BRIDGE) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "link " + link.name() + " is there already and is not a bridge: network " + network.name()
                            + " needs that name, rename or remove the link");
        }
        List<Step> steps = new ArrayList<>();
        if (link.mtuBytes() != network.mtuBytes()) {
            steps.add(new LinkStep.SetMtu(network.bridge(), network.mtuBytes(), link.mtuBytes()));
        }
        steps.addAll(Ipv6Settings.mend(network, read));
        addresses(network).stream()
                .filter(address -> hasNot(link, address))
                .forEach(address -> steps.add(new LinkStep.AddAddress(network.bridge(), address)));
        if (!link.up()) {
            steps.add(new LinkStep.SetLinkUp(network.bridge()));
        }
        return steps;
    }
}
