package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Subnet;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** User-defined networks with real packets: who reaches whom, over which way, and what stays. */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class NetworksLabTest {
    private Lab lab;
    private LabHost host;
    private RunningEngine running;
    private Engine engine;

    @BeforeEach
    void build(Lab made) {
        lab = made;
        host = Site.build(made).host();
        running = RunningEngine.start(host);
        engine = running.engine();
    }

    @AfterEach
    void stop() {
        engine.snapshot().sandboxes().forEach(sandbox -> engine.removeSandbox(sandbox.id()));
        engine.snapshot().networks().stream()
                .filter(network -> !network.isDefault())
                .forEach(network -> engine.removeNetwork(network.id()));
        assertThat(host.exec("ip", "-br", "link").output()).doesNotContain("veth", "br-");
        assertThat(host.exec("nft", "list", "ruleset").output()).doesNotContain("br-", "10.9.");
        running.close();
    }

    private Network create(String name, String subnet, NetworkOptions options) {
        return engine.createNetwork(
                NetworkRequest.of(name).withSubnet(Subnet.parse(subnet)).with(options));
    }

    private static SandboxTarget target(LabHost box) {
        return new SandboxTarget.Foreign(box.path(), box.name());
    }

    private Endpoint join(LabHost box, String network) {
        return engine.attach(AttachRequest.of(target(box), network));
    }

    private Endpoint join(LabHost box, String network, String address, int priority) {
        return engine.attach(new AttachRequest(
                target(box),
                network,
                Optional.of(Ipv4Address.parse(address)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                priority,
                List.of()));
    }

    private static boolean reaches(LabHost from, String address) {
        return from.command("ping", "-c1", "-W1", address).execute().exitCode() == 0;
    }

    private static String routes(LabHost box) {
        return box.exec("ip", "-4", "route").output();
    }

    @Test
    void networks_areApartAndReachTheWorld() {
        Network lan = create("lan", "10.9.0.0/24", NetworkOptions.DEFAULT);
        create("in", "10.9.1.0/24", new NetworkOptions(true, true, true));
        LabHost one = lab.host("one");
        LabHost two = lab.host("two");
        LabHost other = lab.host("other");
        LabHost inner = lab.host("inner");
        join(one, "lan");
        String second =
                join(two, "lan").ipv4().orElseThrow().address().address().toString();
        String third = join(other, Network.DEFAULT_NAME)
                .ipv4()
                .orElseThrow()
                .address()
                .address()
                .toString();
        String fourth =
                join(inner, "in").ipv4().orElseThrow().address().address().toString();

        assertThat(host.exec("ip", "-br", "-4", "addr", "show", lan.bridge().value())
                        .output())
                .contains("10.9.0.1/24");
        assertThat(reaches(one, second)).isTrue();
        assertThat(reaches(one, Site.SERVICE)).isTrue();
        assertThat(reaches(one, third)).as("another network").isFalse();
        assertThat(reaches(other, second)).as("and back").isFalse();
        assertThat(reaches(one, fourth)).as("an internal network").isFalse();
        assertThat(routes(inner)).doesNotContain("default");
        inner.route("default", "10.9.1.1");
        assertThat(reaches(inner, Site.SERVICE))
                .as("out of an internal network")
                .isFalse();
        assertThat(reaches(inner, second)).isFalse();
        inner.removeRoute("default", "10.9.1.1");
    }

    @Test
    void isolatedNetwork_hostIsNoPartOfIt() {
        NetworkOptions isolated = new NetworkOptions(
                true,
                true,
                true,
                GatewayMode.ISOLATED,
                NetworkOptions.ALL_ADDRESSES,
                Optional.empty(),
                List.of(),
                true);
        Network network = create("far", "10.9.2.0/24", isolated);
        LabHost one = lab.host("one");
        LabHost two = lab.host("two");
        join(one, "far");
        String second =
                join(two, "far").ipv4().orElseThrow().address().address().toString();

        assertThat(host.exec("ip", "-br", "-4", "addr", "show", network.bridge().value())
                        .output())
                .doesNotContain("10.9.2");
        assertThat(reaches(one, second)).isTrue();
        assertThat(reaches(one, "10.9.2.1")).isFalse();
    }

    @Test
    void severalNetworks_thePreferredOneHasTheDefaultRoute() {
        create("lan", "10.9.0.0/24", NetworkOptions.DEFAULT);
        create("wan", "10.9.1.0/24", NetworkOptions.DEFAULT);
        create("in", "10.9.2.0/24", new NetworkOptions(true, true, true));
        LabHost box = lab.host("box");
        Endpoint first = join(box, "wan", "10.9.1.7", 0);
        assertThat(routes(box)).contains("default via 10.9.1.1 dev eth0");
        Endpoint inner = join(box, "in", "10.9.2.7", 9);
        assertThat(routes(box)).contains("default via 10.9.1.1 dev eth0");
        Endpoint byName = join(box, "lan", "10.9.0.7", 0);
        assertThat(byName.interfaceName()).hasToString("eth2");
        assertThat(routes(box)).contains("default via 10.9.0.1 dev eth2").doesNotContain("default via 10.9.1.1");
        Endpoint preferred = join(box, Network.DEFAULT_NAME, "172.17.0.9", 1);
        assertThat(routes(box)).contains("default via 172.17.0.1 dev eth3");
        assertThat(reaches(box, Site.SERVICE)).isTrue();

        engine.detach(preferred.id());
        assertThat(routes(box)).contains("default via 10.9.0.1 dev eth2");
        assertThat(reaches(box, Site.SERVICE)).isTrue();
        engine.detach(byName.id());
        assertThat(routes(box)).contains("default via 10.9.1.1 dev eth0");
        engine.detach(first.id());
        assertThat(routes(box)).doesNotContain("default");
        engine.detach(inner.id());
        assertThat(routes(box)).isEmpty();
    }

    @Test
    void addresses_askedForByName_areRefusedNamingTheHolder() {
        create("lan", "10.9.0.0/24", NetworkOptions.DEFAULT);
        LabHost box = lab.host("box");
        LabHost late = lab.host("late");
        MacAddress mac = MacAddress.parse("02:42:00:00:00:07");
        Endpoint endpoint = engine.attach(new AttachRequest(
                target(box),
                "lan",
                Optional.of(Ipv4Address.parse("10.9.0.7")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(mac),
                List.of("db"),
                0,
                List.of()));

        assertThat(box.exec("ip", "link", "show", "eth0").output()).contains(mac.toString());
        assertThat(endpoint.aliases()).containsExactly("db");
        assertThatThrownBy(() -> join(late, "lan", "10.9.0.7", 0))
                .hasMessage("network lan: 10.9.0.7 is already leased by endpoint "
                        + endpoint.id().shortForm() + " of sandbox box");
        engine.keepAddress(SandboxId.random(), "web", "lan", Ipv4Address.parse("10.9.0.8"));
        assertThatThrownBy(() -> join(late, "lan", "10.9.0.8", 0))
                .hasMessage("network lan: 10.9.0.8 is kept for web, which asked for it");
        assertThatThrownBy(() -> join(box, "lan")).hasMessageContaining("is on network lan already, with 10.9.0.7/24");
        Network lan = engine.snapshot().networkNamed("lan").orElseThrow();
        assertThatThrownBy(() -> engine.removeNetwork(lan.id()))
                .hasMessage("network lan has active endpoints: box: disconnect or stop them first");
        assertThatThrownBy(() -> create("two", "10.9.0.128/25", NetworkOptions.DEFAULT))
                .hasMessageContaining("overlaps 10.9.0.0/24 (the subnet of network lan)");
        assertThatThrownBy(() -> create("three", "198.51.100.0/25", NetworkOptions.DEFAULT))
                .hasMessageContaining("overlaps 198.51.100.0/24 (the subnet of eth0)");
    }

    @Test
    void bridgeNameThatIsTaken_leavesNothingHalfMade() {
        host.exec("ip", "link", "add", "br-mine", "type", "bridge");
        String before = host.exec("nft", "list", "ruleset").output();
        NetworkRequest onMine = new NetworkRequest(
                "lan",
                Optional.of(new InterfaceName("br-mine")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                OptionalInt.empty(),
                NetworkOptions.DEFAULT,
                true,
                "eth",
                Map.of());

        assertThatThrownBy(() -> engine.createNetwork(onMine))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessageContaining("br-mine");
        assertThat(engine.snapshot().networkNamed("lan")).isEmpty();
        assertThat(host.exec("nft", "list", "ruleset").output()).isEqualTo(before);
        assertThat(host.exec("ip", "-br", "addr", "show", "br-mine").output()).doesNotContain("172.18");
        host.exec("ip", "link", "del", "br-mine");
    }

    @Test
    void restart_keepsNetworksAndMovesNothing() {
        create("lan", "10.9.0.0/24", new NetworkOptions(true, false, false));
        create("wan", "10.9.1.0/24", NetworkOptions.DEFAULT);
        LabHost box = lab.host("box");
        join(box, "wan", "10.9.1.7", 0);
        join(box, "lan", "10.9.0.7", 0);
        var networks = List.copyOf(engine.snapshot().networks());
        String rules = host.exec("nft", "-a", "list", "ruleset").output();
        String links = host.exec("ip", "-j", "link").output();
        String routes = routes(box);

        running.inspector().close();
        engine.close();
        running = RunningEngine.start(host);
        engine = running.engine();

        assertThat(engine.snapshot().networks()).containsExactlyInAnyOrderElementsOf(networks);
        assertThat(host.exec("nft", "-a", "list", "ruleset").output()).isEqualTo(rules);
        assertThat(host.exec("ip", "-j", "link").output()).isEqualTo(links);
        assertThat(routes(box)).isEqualTo(routes);
        assertThat(reaches(box, Site.SERVICE)).isTrue();
    }
}
