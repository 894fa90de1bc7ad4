package dev.bailey.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.model.TransportProtocol;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What has to hold between two requests: the kernel has what the model says and nothing else. */
final class HostCheck {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Pattern LINK = Pattern.compile("^\\d+: ([^:@]+)[:@].*$");
    private static final Pattern MASTER = Pattern.compile(" master (\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("^\\d+: (\\S+) +inet6? (\\S+) .*$");

    private static final Pattern RULE = Pattern.compile("(?m)^30074:\\s+from (\\S+) lookup (\\d+)");

    private final SequenceHost on;

    HostCheck(SequenceHost on) {
        this.on = on;
    }

    /** Everything. */
    void all() {
        Snapshot model = on.engine().snapshot();
        leases(model);
        assertThat(links("veth")).as("host ends and their bridges").isEqualTo(wantedHostEnds(model));
        assertThat(links("bridge").keySet())
                .as("bridges")
                .isEqualTo(model.networks().stream()
                        .map(network -> network.bridge().value())
                        .collect(Collectors.toSet()));
        for (IpFamily family : IpFamily.values()) {
            Map<String, String> addresses = addresses(on.host, family);
            addresses.keySet().removeAll(Set.of("lo", "eth0"));
            Map<String, String> wanted = new TreeMap<>();
            model.networks()
                    .forEach(network -> address(network, family)
                            .ifPresent(address -> wanted.put(network.bridge().value(), address.toString())));
            assertThat(addresses).as(family + " addresses of bridges").isEqualTo(wanted);
        }
        on.boxes.forEach(box -> box(model, box));
        for (IpFamily family : IpFamily.values()) {
            Sequence.HOST_PORTS.forEach(port -> port(model, port, family));
        }
    }

    private static void leases(Snapshot model) {
        Set<String> seen = new HashSet<>();
        for (Endpoint endpoint : model.endpoints()) {
            endpoint.addresses().forEach(leased -> {
                String address = leased.address().toString();
                assertThat(seen.add(address))
                        .as("lease of " + address + " is one")
                        .isTrue();
            });
        }
    }

    private Map<String, String> wantedHostEnds(Snapshot model) {
        Map<String, String> wanted = new TreeMap<>();
        model.endpoints()
                .forEach(endpoint -> wanted.put(
                        endpoint.hostEnd().value(),
                        network(model, endpoint).bridge().value()));
        return wanted;
    }

    private static Optional<LinkAddress> address(Network network, IpFamily family) {
        return switch (family) {
            case IPV4 -> network.ipv4().map(NetworkIpv4::bridgeAddress);
            case IPV6 -> network.ipv6().map(NetworkIpv6::bridgeAddress);
        };
    }

    private static String flag(IpFamily family) {
        return switch (family) {
            case IPV4 -> "-4";
            case IPV6 -> "-6";
        };
    }

    private void box(Snapshot model, LabHost box) {
        Collection<Endpoint> all = model.sandboxNamed(box.name())
                .map(Sandbox::id)
                .map(model::endpointsOf)
                .orElse(Set.of());
        for (IpFamily family : IpFamily.values()) {
            List<Endpoint> endpoints = all.stream()
                    .filter(endpoint -> endpoint.address(family).isPresent())
                    .toList();
            box(model, box, family, endpoints);
            preferred(model, endpoints)
                    .filter(endpoint -> network(model, endpoint).options().masquerade())
                    .ifPresent(endpoint -> leaving(box, endpoint, family));
        }
    }

    /** An allow list names the first port alone; who has none reaches both. */
    private static void leaving(LabHost box, Endpoint endpoint, IpFamily family) {
        for (int port : SequenceHost.ASKED) {
            boolean allowed = endpoint.egress().allowed().isEmpty() || port == SequenceHost.ASKED.getFirst();
            assertThat(box.reachTcp(SequenceHost.outside(family), port, LIMIT))
                    .as(family + " port " + port + " outside, from " + box)
                    .isEqualTo(allowed ? Reach.CONNECTED : Reach.UNREACHABLE);
        }
    }

    private void box(Snapshot model, LabHost box, IpFamily family, List<Endpoint> endpoints) {
        Map<String, String> wanted = new TreeMap<>();
        endpoints.forEach(endpoint -> wanted.put(
                endpoint.interfaceName().value(),
                endpoint.address(family).orElseThrow().toString()));
        Map<String, String> there = addresses(box, family);
        there.remove("lo");
        assertThat(there).as(family + " addresses in " + box).isEqualTo(wanted);
        String gateway = preferred(model, endpoints)
                .map(endpoint ->
                        "default via " + endpoint.gateway(family).orElseThrow() + " dev " + endpoint.interfaceName())
                .orElse("");
        assertThat(box.exec("ip", flag(family), "route", "show", "default")
                        .output()
                        .replaceAll(" (metric|pref) \\S+", "")
                        .strip())
                .as(family + " default route in " + box)
                .isEqualTo(gateway);
        Set<String> leadOut = endpoints.stream()
                .filter(endpoint -> !network(model, endpoint).options().internal())
                .map(endpoint ->
                        endpoint.address(family).orElseThrow().address().toString())
                .collect(Collectors.toSet());
        assertThat(sourcesWithRules(box, family))
                .as("source routes in " + box)
                .isEqualTo(leadOut.size() > 1 ? leadOut : Set.of());
    }

    /** Of each rule {@code 30074: from 10.0.0.2 lookup 718012 proto 71}, whose table leads out. */
    private static Set<String> sourcesWithRules(LabHost box, IpFamily family) {
        Set<String> sources = new HashSet<>();
        Matcher rules = RULE.matcher(box.exec("ip", flag(family), "rule").output());
        while (rules.find()) {
            String table = rules.group(2);
            assertThat(box.exec("ip", flag(family), "route", "show", "table", table)
                            .output())
                    .as("table " + table + " in " + box)
                    .contains("default via ");
            sources.add(rules.group(1));
        }
        return sources;
    }

    /** Told apart from the engine's own way to choose it. */
    private static Optional<Endpoint> preferred(Snapshot model, Collection<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> !network(model, endpoint).options().internal())
                .min(Comparator.comparing((Endpoint endpoint) -> -endpoint.gatewayPriority())
                        .thenComparing(endpoint -> network(model, endpoint).name()));
    }

    /** A port is open from outside where it is published on an address that is reached from there, and nowhere else. */
    private void port(Snapshot model, int port, IpFamily family) {
        String address = SequenceHost.address(family);
        boolean published = model.ports().all().stream()
                .map(PublishedPort::mapping)
                .filter(mapping -> mapping.protocol() == TransportProtocol.TCP)
                .filter(mapping -> mapping.hostPorts().contains(port))
                .anyMatch(mapping -> mapping.hostAddress().equals(family.any())
                        || mapping.hostAddress().toString().equals(address));
        assertThat(on.outside.reachTcp(address, port, LIMIT))
                .as(family + " port " + port)
                .isEqualTo(published ? Reach.CONNECTED : Reach.REFUSED);
    }

    private static Network network(Snapshot model, Endpoint endpoint) {
        return model.network(endpoint.network()).orElseThrow();
    }

    /** Links of a kind, with what they are a port of. */
    private Map<String, String> links(String kind) {
        Map<String, String> links = new TreeMap<>();
        on.host
                .exec("ip", "-o", "link", "show", "type", kind)
                .output()
                .lines()
                .filter(line -> !line.contains(": eth0@"))
                .forEach(line -> {
                    Matcher link = LINK.matcher(line);
                    Matcher master = MASTER.matcher(line);
                    assertThat(link.matches()).as(line).isTrue();
                    links.put(link.group(1), master.find() ? master.group(1) : "");
                });
        return links;
    }

    private static Map<String, String> addresses(LabHost of, IpFamily family) {
        Map<String, String> addresses = new TreeMap<>();
        of.exec("ip", "-o", flag(family), "address", "show", "scope", "global")
                .output()
                .lines()
                .forEach(line -> {
                    Matcher address = ADDRESS.matcher(line);
                    assertThat(address.matches()).as(line).isTrue();
                    addresses.merge(address.group(1), address.group(2), (one, other) -> one + " " + other);
                });
        return addresses;
    }
}
