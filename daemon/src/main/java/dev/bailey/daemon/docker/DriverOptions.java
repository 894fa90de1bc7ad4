package dev.bailey.daemon.docker;

import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.Ipv4Request;
import dev.bailey.engine.Ipv6Request;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.SourcePorts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options of Docker's bridge driver, and some of our own, out of a request and back. */
final class DriverOptions {
    private static final String BRIDGE = "com.docker.network.bridge.";
    private static final String NAME = BRIDGE + "name";
    private static final String ICC = BRIDGE + "enable_icc";
    private static final String MASQUERADE = BRIDGE + "enable_ip_masquerade";
    private static final String HOST_BINDING = BRIDGE + "host_binding_ipv4";
    private static final String GATEWAY_MODE = BRIDGE + "gateway_mode_ipv4";
    private static final String IPV6_GATEWAY_MODE = BRIDGE + "gateway_mode_ipv6";
    private static final String INHIBIT = BRIDGE + "inhibit_ipv4";
    private static final String TRUSTED = BRIDGE + "trusted_host_interfaces";
    private static final String MTU = "com.docker.network.driver.mtu";
    private static final String PREFIX = "com.docker.network.container_iface_prefix";
    private static final String HOST_IPV4 = "com.docker.network.host_ipv4";
    private static final String UPLINK = "dev.bailey.egress.uplink";
    private static final String TABLE = "dev.bailey.egress.table";
    private static final String HOST_IPV6 = "com.docker.network.host_ipv6";
    private static final String GUARD = "dev.bailey.bridge.guard";
    private static final String RANDOM_PORTS = "dev.bailey.bridge.masquerade_random";
    private static final Set<String> KNOWN = Set.of(
            GUARD,
            RANDOM_PORTS,
            UPLINK,
            TABLE,
            NAME,
            ICC,
            MASQUERADE,
            HOST_BINDING,
            GATEWAY_MODE,
            IPV6_GATEWAY_MODE,
            INHIBIT,
            TRUSTED,
            MTU,
            PREFIX,
            HOST_IPV4,
            HOST_IPV6);
    private static final String SEPARATOR = ":";

    private final Map<String, String> given;

    /**
     * Options out of a request.
     *
     * @throws HttpFailure 400 naming the first that is not known
     */
    DriverOptions(Map<String, String> given) {
        this.given = given;
        new TreeSet<>(given.keySet())
                .stream().filter(name -> !KNOWN.contains(name)).findFirst().ifPresent(DriverOptions::refuse);
    }

    private static void refuse(String name) {
        throw HttpFailure.badRequest("unknown option " + name + ": the bridge driver knows "
                + KNOWN.stream().sorted().collect(Collectors.joining(", ")));
    }

    Optional<InterfaceName> bridge() {
        return value(NAME, InterfaceName::new);
    }

    OptionalInt mtuBytes() {
        Optional<Integer> mtu = value(MTU, DriverOptions::number);
        return mtu.isPresent() ? OptionalInt.of(mtu.get()) : OptionalInt.empty();
    }

    boolean inhibited() {
        return value(INHIBIT, DriverOptions::flag).orElse(false);
    }

    String interfacePrefix() {
        return value(PREFIX, Function.identity()).orElse(NetworkDetails.DEFAULT_PREFIX);
    }

    /** What the network lets through. */
    NetworkOptions options(boolean internal) {
        try {
            return new NetworkOptions(
                    value(MASQUERADE, DriverOptions::flag).orElse(true),
                    value(ICC, DriverOptions::flag).orElse(true),
                    internal,
                    value(GATEWAY_MODE, GatewayMode::parse).orElse(GatewayMode.NAT),
                    value(HOST_BINDING, IpAddress::parse).orElse(NetworkOptions.ALL_ADDRESSES),
                    value(HOST_IPV4, Ipv4Address::parse),
                    value(TRUSTED, DriverOptions::interfaces).orElse(List.of()),
                    value(GUARD, DriverOptions::flag).orElse(true),
                    way(),
                    value(RANDOM_PORTS, DriverOptions::flag).orElse(false) ? SourcePorts.RANDOM : SourcePorts.KEPT);
        } catch (IllegalArgumentException bad) {
            throw HttpFailure.badRequest(String.valueOf(bad.getMessage()));
        }
    }

    private Optional<EgressWay> way() {
        Optional<EgressWay> uplink = value(UPLINK, name -> new EgressWay.Uplink(new InterfaceName(name)));
        Optional<EgressWay> table = value(TABLE, EgressWay::table);
        if (uplink.isPresent() && table.isPresent()) {
            throw HttpFailure.badRequest("options " + UPLINK + " and " + TABLE
                    + ": packets leave by one uplink or one table: leave the other out");
        }
        return uplink.or(() -> table);
    }

    /** How IPv6 packets pass. */
    GatewayMode ipv6GatewayMode() {
        return value(IPV6_GATEWAY_MODE, GatewayMode::parse).orElse(GatewayMode.NAT);
    }

    /** The address of the host that IPv6 packets leave with. */
    Optional<Ipv6Address> ipv6SourceAddress() {
        return value(HOST_IPV6, Ipv6Address::parse);
    }

    /** No IPv6 part, of which nothing may be said then. */
    Optional<Ipv6Request> withoutIpv6() {
        for (String name : List.of(IPV6_GATEWAY_MODE, HOST_IPV6)) {
            if (!given.getOrDefault(name, "").isEmpty()) {
                throw HttpFailure.badRequest(
                        "option " + name + ": the network has no IPv6, add --ipv6 (EnableIPv6) or leave it out");
            }
        }
        return Optional.empty();
    }

    /** No IPv4 part, of which nothing may be said then. */
    Optional<Ipv4Request> withoutIpv4() {
        for (String name : List.of(GATEWAY_MODE, HOST_BINDING, HOST_IPV4, INHIBIT)) {
            String value = given.getOrDefault(name, "");
            // Docker has one name for an address of either family to publish on.
            boolean ofIpv6 = name.equals(HOST_BINDING) && value.contains(":");
            if (!value.isEmpty() && !ofIpv6) {
                throw HttpFailure.badRequest(
                        "option " + name + ": the network has no IPv4, let it have some (EnableIPv4) or leave it out");
            }
        }
        return Optional.empty();
    }

    private <T> Optional<T> value(String name, Function<String, T> reader) {
        return Optional.ofNullable(given.get(name))
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    try {
                        return reader.apply(text);
                    } catch (IllegalArgumentException bad) {
                        throw HttpFailure.badRequest("option " + name + ": " + bad.getMessage());
                    }
                });
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true", "1", "t", "T", "TRUE", "True" -> true;
            case "false", "0", "f", "F", "FALSE", "False" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("'" + text + "' is not an MTU: write a number of bytes like 1400");
        }
        return Integer.parseInt(text);
    }

    private static List<InterfaceName> interfaces(String text) {
        return Stream.of(text.split(SEPARATOR, -1)).map(InterfaceName::new).toList();
    }

    /** The options of a user-defined network that are not what they are when nobody says. */
    static Map<String, String> print(Network network) {
        Map<String, String> named = new TreeMap<>();
        NetworkOptions options = network.options();
        NetworkDetails details = network.details();
        put(named, NAME, network.bridge().value(), "br-" + network.id().shortForm());
        put(named, ICC, Boolean.toString(options.icc()), "true");
        put(named, MASQUERADE, Boolean.toString(options.masquerade()), "true");
        put(named, GUARD, Boolean.toString(options.guarded()), "true");
        put(named, RANDOM_PORTS, Boolean.toString(options.sourcePorts() == SourcePorts.RANDOM), "false");
        put(named, HOST_BINDING, options.hostBinding().toString(), NetworkOptions.ALL_ADDRESSES.toString());
        put(named, GATEWAY_MODE, options.gatewayMode().toString(), GatewayMode.NAT.toString());
        put(
                named,
                IPV6_GATEWAY_MODE,
                network.ipv6().map(part -> part.gatewayMode().toString()).orElse(GatewayMode.NAT.toString()),
                GatewayMode.NAT.toString());
        boolean inhibited = options.gatewayMode() != GatewayMode.ISOLATED
                && network.ipv4().filter(part -> !part.bridgeAddressed()).isPresent();
        put(named, INHIBIT, Boolean.toString(inhibited), "false");
        put(
                named,
                TRUSTED,
                options.trustedInterfaces().stream().map(InterfaceName::value).collect(Collectors.joining(SEPARATOR)),
                "");
        put(named, MTU, details.fixedMtu() ? Integer.toString(network.mtuBytes()) : "", "");
        put(named, PREFIX, details.interfacePrefix(), NetworkDetails.DEFAULT_PREFIX);
        options.way().ifPresent(way -> {
            switch (way) {
                case EgressWay.Uplink(InterfaceName link) -> named.put(UPLINK, link.value());
                case EgressWay.Table(int number) -> named.put(TABLE, Integer.toString(number));
            }
        });
        put(named, HOST_IPV4, options.sourceAddress().map(Ipv4Address::toString).orElse(""), "");
        put(
                named,
                HOST_IPV6,
                network.ipv6()
                        .flatMap(NetworkIpv6::sourceAddress)
                        .map(Ipv6Address::toString)
                        .orElse(""),
                "");
        return named;
    }

    private static void put(Map<String, String> named, String name, String value, String usual) {
        if (!value.equals(usual)) {
            named.put(name, value);
        }
    }
}
