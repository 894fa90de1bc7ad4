package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Names and addresses of endpoints that come and go, against a walk through all of them. */
class NameIndexTest {
    private static final int STEPS = 3_000;
    private static final List<String> ALIASES = List.of("www", "WWW", "db", "store.lan", "_x");

    private final RandomGenerator random = Seed.generator("names_afterRandomSteps_agreeWithAWalk");
    private final List<Network> networks = List.of(network("front", 1), network("back", 2));
    private final List<Sandbox> sandboxes = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private Snapshot snapshot = Snapshot.empty().with(networks.getFirst()).with(networks.getLast());
    private int made;

    @Test
    void names_afterRandomSteps_agreeWithAWalk() {
        for (String name : List.of("www", "Web", "DB", "store.lan", "x")) {
            Sandbox sandbox = new Sandbox(SandboxId.random(random), name, Path.of("/n"), sandboxes.size() + 1, true);
            sandboxes.add(sandbox);
            snapshot = snapshot.with(sandbox);
        }
        for (int step = 0; step < STEPS; step++) {
            if (endpoints.isEmpty() || random.nextInt(40) > endpoints.size()) {
                add();
            } else {
                Endpoint gone = endpoints.remove(random.nextInt(endpoints.size()));
                snapshot = snapshot.without(gone.id());
            }
            compare();
        }
    }

    private void add() {
        Network network = networks.get(random.nextInt(2));
        Sandbox sandbox = sandboxes.get(random.nextInt(sandboxes.size()));
        Ipv4Address address = network.ipv4().orElseThrow().subnet().base().plus(2 + made % 60_000);
        made++;
        List<String> aliases =
                ALIASES.stream().filter(alias -> random.nextInt(3) == 0).toList();
        Endpoint endpoint = new Endpoint(
                EndpointId.random(random),
                network.id(),
                sandbox.id(),
                new InterfaceName("eth" + made),
                new InterfaceName("veth" + made),
                new InterfaceAddress(address, 16),
                network.ipv4().orElseThrow().gateway(),
                MacAddress.derivedFrom(address),
                1500,
                aliases,
                0,
                made % 2 == 0 ? Optional.of(ipv6(made)) : Optional.empty());
        endpoints.add(endpoint);
        snapshot = snapshot.with(endpoint);
    }

    private static EndpointIpv6 ipv6(int number) {
        Ipv6Subnet subnet = Ipv6Subnet.parse("fd00::/64");
        Ipv6InterfaceAddress address = new Ipv6InterfaceAddress(subnet.base().plus(1 + number), 64);
        return new EndpointIpv6(address, subnet.firstHost());
    }

    private void compare() {
        for (Network network : networks) {
            for (String name : List.of("www", "web", "db", "store.lan", "x", "_x", "none")) {
                assertThat(snapshot.endpointsNamed(network.id(), name))
                        .as("%s on %s", name, network.name())
                        .containsExactlyInAnyOrderElementsOf(endpoints.stream()
                                .filter(endpoint -> endpoint.network().equals(network.id())
                                        && snapshot.namesOf(endpoint).contains(name))
                                .toList());
            }
        }
        for (Endpoint endpoint : endpoints) {
            assertThat(snapshot.endpointAt(
                            endpoint.network(),
                            endpoint.ipv4().orElseThrow().address().address()))
                    .contains(endpoint);
            endpoint.ipv6()
                    .ifPresent(ipv6 -> assertThat(snapshot.endpointAt(
                                    endpoint.network(), ipv6.address().address()))
                            .contains(endpoint));
        }
    }

    private Network network(String name, int second) {
        Subnet subnet = Subnet.parse("10." + second + ".0.0/16");
        return new Network(
                NetworkId.random(random),
                name,
                new InterfaceName("br-" + name),
                subnet,
                subnet.firstHost(),
                1500,
                NetworkOptions.DEFAULT);
    }
}
