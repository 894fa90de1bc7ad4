package dev.bailey.engine.store;

import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.SourcePorts;
import dev.bailey.engine.model.Subnet;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A network as words. What a later format has more of is behind what the earlier ones had. */
final class NetworkText {
    private static final String ENGINE = "engine";
    private static final String OPERATOR = "operator";
    private static final String NONE = "-";
    private static final String UNGUARDED = "unguarded";
    private static final String RANDOM_PORTS = "random-ports";

    private NetworkText() {}

    static String encode(Network network) {
        NetworkOptions options = network.options();
        return String.join(
                        " ",
                        network.id().value(),
                        Word.encode(network.name()),
                        Word.encode(network.bridge().value()),
                        ipv4(network, part -> part.subnet().toString()),
                        ipv4(network, part -> part.gateway().toString()),
                        Integer.toString(network.mtuBytes()),
                        Boolean.toString(options.masquerade()),
                        Boolean.toString(options.icc()),
                        Boolean.toString(options.internal()),
                        network.owner() == BridgeOwner.OPERATOR ? OPERATOR : ENGINE,
                        ipv4(network, part -> part.bridgeAddress().address().toString()),
                        ipv4(network, part -> part.range().toString()),
                        Boolean.toString(network.retired()),
                        options.gatewayMode().toString(),
                        options.hostBinding().toString(),
                        options.sourceAddress().map(Ipv4Address::toString).orElse(NONE),
                        WordList.encode(options.trustedInterfaces().stream()
                                .map(InterfaceName::value)
                                .toList()),
                        details(network),
                        network.ipv6().map(NetworkText::encode).orElse(NONE))
                + (options.guarded() ? "" : " " + UNGUARDED)
                + (options.sourcePorts() == SourcePorts.KEPT ? "" : " " + RANDOM_PORTS)
                + options.way().map(way -> " " + Word.encode(way.toString())).orElse("");
    }

    private static String encode(NetworkIpv6 ipv6) {
        return String.join(
                " ",
                ipv6.bridgeAddress().toString(),
                ipv6.range().toString(),
                ipv6.gateway().toString(),
                WordList.encode(texts(ipv6.auxiliary())),
                ipv6.gatewayMode().toString(),
                ipv6.sourceAddress().map(Ipv6Address::toString).orElse(NONE));
    }

    private static Map<String, String> texts(Map<String, ? extends IpAddress> addresses) {
        return addresses.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toString()));
    }

    private static String ipv4(Network network, Function<NetworkIpv4, String> word) {
        return network.ipv4().map(word).orElse(NONE);
    }

    private static String details(Network network) {
        NetworkDetails details = network.details();
        Optional<NetworkIpv4> ipv4 = network.ipv4();
        return String.join(
                " ",
                Long.toString(details.created().toEpochMilli()),
                WordList.encode(details.labels()),
                WordList.encode(texts(ipv4.map(NetworkIpv4::auxiliary).orElse(Map.of()))),
                details.interfacePrefix(),
                Boolean.toString(details.fixedMtu()),
                Boolean.toString(ipv4.filter(NetworkIpv4::bridgeAddressed).isPresent()),
                Boolean.toString(ipv4.filter(NetworkIpv4::defaultRoute).isPresent()));
    }

    /**
     * The first format had no more than an engine's network needs, the second no more than the default network, the third
     * nothing of IPv6, the first four always IPv4.
     */
    static Network decode(Iterator<String> words) {
        NetworkId id = new NetworkId(words.next());
        String name = Word.decode(words.next());
        InterfaceName bridge = new InterfaceName(Word.decode(words.next()));
        Optional<Subnet> subnet = subnet(words.next());
        Optional<Ipv4Address> gateway = address(words.next());
        int mtuBytes = Integer.parseInt(words.next());
        NetworkOptions options =
                new NetworkOptions(Flag.parse(words.next()), Flag.parse(words.next()), Flag.parse(words.next()));
        if (!words.hasNext()) {
            return new Network(id, name, bridge, subnet.orElseThrow(), gateway.orElseThrow(), mtuBytes, options);
        }
        BridgeOwner owner = owner(words.next());
        Optional<Ipv4Address> bridgeAddress = address(words.next());
        Optional<Subnet> range = subnet(words.next());
        boolean retired = Flag.parse(words.next());
        boolean third = words.hasNext();
        NetworkOptions allOptions = third ? options(options, words) : options;
        Details all = third ? details(words) : new Details(NetworkDetails.NONE, Map.of(), true, true);
        Optional<NetworkIpv4> ipv4 = ipv4(subnet, gateway, bridgeAddress, range, all);
        Optional<NetworkIpv6> ipv6 = words.hasNext() ? ipv6(words) : Optional.empty();
        NetworkOptions last = allOptions;
        while (words.hasNext()) {
            last = with(last, words.next());
        }
        return new Network(id, name, bridge, owner, ipv4, mtuBytes, last, retired, all.details(), ipv6);
    }

    private static Optional<NetworkIpv4> ipv4(
            Optional<Subnet> subnet,
            Optional<Ipv4Address> gateway,
            Optional<Ipv4Address> bridge,
            Optional<Subnet> range,
            Details more) {
        if (subnet.isEmpty() && (gateway.isPresent() || bridge.isPresent() || range.isPresent())) {
            throw new IllegalArgumentException("an IPv4 address without a subnet");
        }
        return subnet.map(addresses -> new NetworkIpv4(
                new InterfaceAddress(bridge.orElseThrow(), addresses.prefixLength()),
                range.orElseThrow(),
                gateway.orElseThrow(),
                more.auxiliary(),
                more.bridgeAddressed(),
                more.defaultRoute()));
    }

    /** A network without IPv4 has a dash in each of these places, since the fifth format. */
    private static Optional<Subnet> subnet(String word) {
        return word.equals(NONE) ? Optional.empty() : Optional.of(Subnet.parse(word));
    }

    private static Optional<Ipv4Address> address(String word) {
        return word.equals(NONE) ? Optional.empty() : Optional.of(Ipv4Address.parse(word));
    }

    private static Optional<NetworkIpv6> ipv6(Iterator<String> words) {
        String bridgeAddress = words.next();
        if (bridgeAddress.equals(NONE)) {
            return Optional.empty();
        }
        Ipv6InterfaceAddress bridge = Ipv6InterfaceAddress.parse(bridgeAddress);
        Ipv6Subnet range = Ipv6Subnet.parse(words.next());
        Ipv6Address gateway = Ipv6Address.parse(words.next());
        Map<String, Ipv6Address> auxiliary = WordList.decodePairs(words.next()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Ipv6Address.parse(entry.getValue())));
        GatewayMode mode = GatewayMode.parse(words.next());
        String source = words.next();
        return Optional.of(new NetworkIpv6(
                bridge,
                range,
                gateway,
                auxiliary,
                mode,
                source.equals(NONE) ? Optional.empty() : Optional.of(Ipv6Address.parse(source))));
    }

    private static NetworkOptions options(NetworkOptions flags, Iterator<String> words) {
        GatewayMode mode = GatewayMode.parse(words.next());
        IpAddress hostBinding = IpAddress.parse(words.next());
        String source = words.next();
        List<InterfaceName> trusted =
                WordList.decode(words.next()).stream().map(InterfaceName::new).toList();
        return new NetworkOptions(
                flags.masquerade(),
                flags.icc(),
                flags.internal(),
                mode,
                hostBinding,
                source.equals(NONE) ? Optional.empty() : Optional.of(Ipv4Address.parse(source)),
                trusted,
                true);
    }

    /** What stands among the details, of IPv4 some of it. */
    private record Details(
            NetworkDetails details,
            Map<String, Ipv4Address> auxiliary,
            boolean bridgeAddressed,
            boolean defaultRoute) {}

    private static Details details(Iterator<String> words) {
        Instant created = Instant.ofEpochMilli(Long.parseLong(words.next()));
        Map<String, String> labels = WordList.decodePairs(words.next());
        Map<String, Ipv4Address> auxiliary = WordList.decodePairs(words.next()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Ipv4Address.parse(entry.getValue())));
        NetworkDetails details = new NetworkDetails(created, labels, words.next(), Flag.parse(words.next()));
        return new Details(details, auxiliary, Flag.parse(words.next()), Flag.parse(words.next()));
    }

    /** What is not as usual, since the fourth format: a word each. */
    private static NetworkOptions with(NetworkOptions options, String word) {
        return switch (word) {
            case UNGUARDED -> options.withGuarded(false);
            case RANDOM_PORTS -> options.with(SourcePorts.RANDOM);
            default -> options.with(Optional.of(EgressWay.parse(Word.decode(word))));
        };
    }

    private static BridgeOwner owner(String word) {
        return switch (word) {
            case ENGINE -> BridgeOwner.ENGINE;
            case OPERATOR -> BridgeOwner.OPERATOR;
            default -> throw new IllegalArgumentException("nobody who owns a bridge: " + word);
        };
    }
}
