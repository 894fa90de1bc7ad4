package dev.bailey.engine.simulation;

import dev.bailey.engine.BridgeChoice;
import dev.bailey.engine.DefaultIpv6;
import dev.bailey.engine.DefaultNetworkOptions;
import dev.bailey.engine.EngineOptions;
import dev.bailey.engine.Ipv6Request;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressTarget;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.SourcePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The options that engines are started with. */
final class Choices {
    private static final List<BridgeChoice> BRIDGES = List.of(
            BridgeChoice.DEFAULT,
            BridgeChoice.DEFAULT,
            new BridgeChoice.EngineBridge(Optional.of(InterfaceAddress.parse("10.9.0.1/29"))),
            new BridgeChoice.EngineBridge(Optional.of(InterfaceAddress.parse("10.9.0.1/29"))),
            new BridgeChoice.OperatorBridge(new InterfaceName(World.OPERATOR_BRIDGE)),
            new BridgeChoice.NoBridge());

    private static final List<GatewayMode> MODES = List.of(
            GatewayMode.NAT, GatewayMode.NAT, GatewayMode.ROUTED, GatewayMode.ROUTED, GatewayMode.NAT_UNPROTECTED);

    private static final List<String> TARGETS =
            List.of("10.0.0.0/8:1-99/tcp", "2001:db8::/32/udp", "[2001:db8::1]:443", "0.0.0.0/0", "::/0");

    private Choices() {}

    static EngineOptions first() {
        return EngineOptions.of(Path.of("/data"), Path.of("/exec"));
    }

    static EngineOptions any(Chance chance) {
        DefaultNetworkOptions network = new DefaultNetworkOptions(
                chance.of(BRIDGES),
                Optional.empty(),
                Optional.empty(),
                chance.oneIn(4) ? OptionalInt.of(1400) : OptionalInt.empty(),
                networkOptions(chance),
                chance.oneIn(3) ? Optional.of(DefaultIpv6.ANY) : Optional.empty());
        FirewallBackend backend = chance.oneIn(3) ? FirewallBackend.IPTABLES : FirewallBackend.NFTABLES;
        return first().with(network).withFirewallBackend(backend);
    }

    static NetworkOptions networkOptions(Chance chance) {
        NetworkOptions options =
                new NetworkOptions(!chance.oneIn(4), !chance.oneIn(3), false).withGuarded(!chance.oneIn(4));
        return options.with(ports(options.masquerade(), chance));
    }

    /** Of every gateway mode, and where that is nat perhaps with a trusted link and an address that packets leave with. */
    static NetworkOptions userOptions(Chance chance) {
        boolean internal = chance.oneIn(4);
        GatewayMode mode = internal ? chance.of(List.of(GatewayMode.NAT, GatewayMode.ISOLATED)) : chance.of(MODES);
        boolean nat = mode == GatewayMode.NAT && !internal;
        boolean masquerade = nat || !chance.oneIn(4);
        return new NetworkOptions(
                masquerade,
                !chance.oneIn(3),
                internal,
                mode,
                NetworkOptions.ALL_ADDRESSES,
                nat && chance.oneIn(4) ? Optional.of(Ipv4Address.parse("198.51.100.2")) : Optional.empty(),
                nat && chance.oneIn(3) ? List.of(new InterfaceName(World.UPLINK)) : List.of(),
                !chance.oneIn(4),
                internal ? Optional.empty() : way(chance),
                ports(masquerade && !internal, chance));
    }

    /** What of these has an effect on a network without IPv4. */
    static NetworkOptions withoutIpv4(NetworkOptions options) {
        return new NetworkOptions(options.masquerade(), options.icc(), options.internal())
                .withGuarded(options.guarded())
                .with(options.sourcePorts());
    }

    private static SourcePorts ports(boolean translated, Chance chance) {
        return chance.oneIn(4) && translated ? SourcePorts.RANDOM : SourcePorts.KEPT;
    }

    private static Optional<EgressWay> way(Chance chance) {
        return chance.oneIn(4)
                ? Optional.of(EgressWay.parse(chance.of(List.of("uplink=" + World.UPLINK, "uplink=gone", "table=7"))))
                : Optional.empty();
    }

    /** Mostly none of its own. */
    static Egress egress(Chance chance) {
        return new Egress(
                way(chance),
                chance.oneIn(5) ? Optional.of(Ipv4Address.parse("198.51.100.9")) : Optional.empty(),
                chance.oneIn(5) ? Optional.of(Ipv6Address.parse("2001:db8::9")) : Optional.empty(),
                chance.oneIn(4) ? List.of(EgressTarget.parse(chance.of(TARGETS))) : List.of());
    }

    /** Of every gateway mode that the network can have. */
    static Ipv6Request ipv6(Chance chance, NetworkOptions network, Optional<Ipv6Subnet> subnet) {
        GatewayMode mode =
                network.internal() ? chance.of(List.of(GatewayMode.NAT, GatewayMode.ISOLATED)) : chance.of(MODES);
        boolean named = mode != GatewayMode.ROUTED && network.masquerade() && !network.internal() && chance.oneIn(4);
        return new Ipv6Request(
                subnet,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                mode,
                named ? Optional.of(Ipv6Address.parse("2001:db8::1")) : Optional.empty());
    }

    static String text(EngineOptions options) {
        DefaultNetworkOptions network = options.defaultNetwork();
        String bridge = switch (network.bridge()) {
            case BridgeChoice.EngineBridge(Optional<InterfaceAddress> address) ->
                "own bridge" + address.map(a -> " " + a).orElse("");
            case BridgeChoice.OperatorBridge(InterfaceName name) -> name + " of the operator's";
            case BridgeChoice.NoBridge() -> "no default network";
        };
        return options.firewallBackend() + ", " + bridge
                + (network.mtuBytes().isPresent()
                        ? ", MTU " + network.mtuBytes().getAsInt()
                        : "")
                + (network.ipv6().isPresent() ? ", IPv6" : "")
                + (network.options().masquerade() ? "" : ", no masquerade")
                + (network.options().icc() ? "" : ", no icc");
    }
}
