package dev.bailey.engine.store;

import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.EndpointIpv4;
import dev.bailey.engine.model.EndpointIpv6;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.InterfaceSettings;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Records as words: a verb, then the fields in the order of the record, with single spaces between them. The words are
 * ASCII without white space; {@link Word} brings free text into that form.
 */
final class RecordText {
    private static final String NONE = "-";

    private RecordText() {}

    static String encode(StateRecord record) {
        return switch (record) {
            case StateRecord.NetworkCreated created -> "network-created " + NetworkText.encode(created.network());
            case StateRecord.NetworkChanged changed -> "network-changed " + NetworkText.encode(changed.network());
            case StateRecord.NetworkRemovalIntended intended -> "network-removal-intended " + intended.network();
            case StateRecord.NetworkRemoved removed -> "network-removed " + removed.network();
            case StateRecord.SandboxCreated created -> "sandbox-created " + encode(created.sandbox());
            case StateRecord.SandboxRemoved removed -> "sandbox-removed " + removed.sandbox();
            case StateRecord.AttachIntended intended -> "attach-intended " + encode(intended.endpoint());
            case StateRecord.AttachDone done -> "attach-done " + done.endpoint();
            case StateRecord.RemakeIntended intended -> "remake-intended " + intended.endpoint();
            case StateRecord.AttachUndone undone -> "attach-undone " + undone.endpoint();
            case StateRecord.DetachIntended intended -> "detach-intended " + intended.endpoint();
            case StateRecord.DetachDone done -> "detach-done " + done.endpoint();
            case StateRecord.PortsPublished(EndpointId endpoint, List<PortMapping> ports) ->
                "ports-published " + endpoint + encode(ports);
            case StateRecord.PortsUnpublished(EndpointId endpoint, List<PortMapping> ports) ->
                "ports-unpublished " + endpoint + encode(ports);
            case StateRecord.UniqueLocalPrefixChosen chosen -> "unique-local-prefix " + chosen.prefix();
            case StateRecord.EgressNumbered(EgressWay way, int number) ->
                "egress-numbered " + number + " " + Word.encode(way.toString());
            case StateRecord.HostSettingRemembered remembered ->
                "host-setting " + Word.encode(remembered.name()) + " " + Word.encode(remembered.value());
        };
    }

    private static String encode(List<PortMapping> ports) {
        return ports.stream().map(port -> " " + port).collect(Collectors.joining());
    }

    private static String encode(Sandbox sandbox) {
        return String.join(
                " ",
                sandbox.id().value(),
                Word.encode(sandbox.name()),
                Word.encode(sandbox.netns().toString()),
                Long.toString(sandbox.netnsInode()),
                Boolean.toString(sandbox.owned()));
    }

    private static String encode(Endpoint endpoint) {
        return String.join(
                        " ",
                        endpoint.id().value(),
                        endpoint.network().value(),
                        endpoint.sandbox().value(),
                        Word.encode(endpoint.interfaceName().value()),
                        Word.encode(endpoint.hostEnd().value()),
                        endpoint.ipv4().map(ipv4 -> ipv4.address().toString()).orElse(NONE),
                        endpoint.ipv4().map(ipv4 -> ipv4.gateway().toString()).orElse(NONE),
                        endpoint.mac().toString(),
                        Integer.toString(endpoint.mtuBytes()),
                        WordList.encode(endpoint.aliases()),
                        Integer.toString(endpoint.gatewayPriority()),
                        endpoint.ipv6()
                                .map(ipv6 -> ipv6.address() + " " + ipv6.gateway())
                                .orElse(NONE))
                + unusual(endpoint);
    }

    /**
     * What most endpoints have not, up to the last that there is: limits since the fourth format, egress since the fifth,
     * settings since the sixth.
     */
    private static String unusual(Endpoint endpoint) {
        String settings = endpoint.settings().equals(InterfaceSettings.NONE)
                ? ""
                : " " + WordList.encode(endpoint.settings().words());
        String egress =
                settings.isEmpty() && endpoint.egress().isNone() ? "" : " " + EgressText.encode(endpoint.egress());
        String limits = egress.isEmpty() && endpoint.limits().equals(RateLimits.NONE) ? "" : encode(endpoint.limits());
        return limits + egress + settings;
    }

    /** Reads what {@link #encode} wrote; anything else is an {@link IllegalArgumentException}. */
    static StateRecord decode(String text) {
        List<String> words = Arrays.asList(text.split(" ", -1));
        Iterator<String> rest = words.iterator();
        try {
            StateRecord record = decode(rest.next(), rest);
            if (rest.hasNext()) {
                throw new IllegalArgumentException("too many words: " + text);
            }
            return record;
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException("words are missing: " + text, e);
        }
    }

    private static StateRecord decode(String verb, Iterator<String> words) {
        return switch (verb) {
            case "network-created" -> new StateRecord.NetworkCreated(NetworkText.decode(words));
            case "network-changed" -> new StateRecord.NetworkChanged(NetworkText.decode(words));
            case "network-removal-intended" -> new StateRecord.NetworkRemovalIntended(new NetworkId(words.next()));
            case "network-removed" -> new StateRecord.NetworkRemoved(new NetworkId(words.next()));
            case "sandbox-created" -> new StateRecord.SandboxCreated(sandbox(words));
            case "sandbox-removed" -> new StateRecord.SandboxRemoved(new SandboxId(words.next()));
            case "attach-intended" -> new StateRecord.AttachIntended(endpoint(words));
            case "attach-done" -> new StateRecord.AttachDone(new EndpointId(words.next()));
            case "remake-intended" -> new StateRecord.RemakeIntended(new EndpointId(words.next()));
            case "attach-undone" -> new StateRecord.AttachUndone(new EndpointId(words.next()));
            case "detach-intended" -> new StateRecord.DetachIntended(new EndpointId(words.next()));
            case "detach-done" -> new StateRecord.DetachDone(new EndpointId(words.next()));
            case "ports-published" -> new StateRecord.PortsPublished(new EndpointId(words.next()), ports(words));
            case "ports-unpublished" -> new StateRecord.PortsUnpublished(new EndpointId(words.next()), ports(words));
            case "unique-local-prefix" -> new StateRecord.UniqueLocalPrefixChosen(Ipv6Subnet.parse(words.next()));
            case "egress-numbered" -> numbered(words);
            case "host-setting" ->
                new StateRecord.HostSettingRemembered(Word.decode(words.next()), Word.decode(words.next()));
            default -> throw new IllegalArgumentException("unknown verb: " + verb);
        };
    }

    private static StateRecord numbered(Iterator<String> words) {
        int number = Integer.parseInt(words.next());
        return new StateRecord.EgressNumbered(EgressWay.parse(Word.decode(words.next())), number);
    }

    private static Sandbox sandbox(Iterator<String> words) {
        return new Sandbox(
                new SandboxId(words.next()),
                Word.decode(words.next()),
                Path.of(Word.decode(words.next())),
                Long.parseLong(words.next()),
                Flag.parse(words.next()));
    }

    /** The first two formats had neither aliases nor priorities, the third nothing of IPv6, the first four always IPv4. */
    private static Endpoint endpoint(Iterator<String> words) {
        EndpointId id = new EndpointId(words.next());
        NetworkId network = new NetworkId(words.next());
        SandboxId sandbox = new SandboxId(words.next());
        InterfaceName interfaceName = new InterfaceName(Word.decode(words.next()));
        InterfaceName hostEnd = new InterfaceName(Word.decode(words.next()));
        Optional<EndpointIpv4> ipv4 = ipv4(words.next(), words.next());
        MacAddress mac = MacAddress.parse(words.next());
        int mtuBytes = Integer.parseInt(words.next());
        List<String> aliases = words.hasNext() ? WordList.decode(words.next()) : List.of();
        int gatewayPriority = words.hasNext() ? Integer.parseInt(words.next()) : 0;
        Optional<EndpointIpv6> ipv6 = words.hasNext() ? ipv6(words) : Optional.empty();
        RateLimits limits = words.hasNext() ? limits(words) : RateLimits.NONE;
        Egress egress = words.hasNext() ? EgressText.decode(words) : Egress.NONE;
        InterfaceSettings settings =
                words.hasNext() ? InterfaceSettings.parse(WordList.decode(words.next())) : InterfaceSettings.NONE;
        return new Endpoint(
                id,
                network,
                sandbox,
                interfaceName,
                hostEnd,
                ipv4,
                mac,
                mtuBytes,
                aliases,
                gatewayPriority,
                ipv6,
                limits,
                egress,
                settings);
    }

    private static String encode(RateLimits limits) {
        return " " + encode(limits.in()) + " " + encode(limits.out());
    }

    private static String encode(Optional<BitRate> rate) {
        return rate.map(BitRate::toString).orElse(NONE);
    }

    private static RateLimits limits(Iterator<String> words) {
        return new RateLimits(rate(words.next()), rate(words.next()));
    }

    private static Optional<BitRate> rate(String word) {
        return word.equals(NONE) ? Optional.empty() : Optional.of(BitRate.parse(word));
    }

    private static Optional<EndpointIpv4> ipv4(String address, String gateway) {
        return address.equals(NONE) && gateway.equals(NONE)
                ? Optional.empty()
                : Optional.of(new EndpointIpv4(InterfaceAddress.parse(address), Ipv4Address.parse(gateway)));
    }

    private static Optional<EndpointIpv6> ipv6(Iterator<String> words) {
        String address = words.next();
        return address.equals(NONE)
                ? Optional.empty()
                : Optional.of(new EndpointIpv6(Ipv6InterfaceAddress.parse(address), Ipv6Address.parse(words.next())));
    }

    private static List<PortMapping> ports(Iterator<String> words) {
        List<PortMapping> ports = new ArrayList<>();
        words.forEachRemaining(word -> ports.add(PortMapping.parse(word)));
        return ports;
    }
}
