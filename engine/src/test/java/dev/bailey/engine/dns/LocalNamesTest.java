package dev.bailey.engine.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.dns.wire.Wire;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.EndpointIpv6;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.model.TransportProtocol;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which names a sandbox sees, which it does not, and which nobody outside is asked about. */
class LocalNamesTest {
    private static final NetworkOptions INTERNAL = new NetworkOptions(true, true, true);

    private final Random random = new Random(1);
    private final LocalNames names = new LocalNames(() -> new ServicePorts(Map.of("http/tcp", 80)));
    private final Network standard = network(Network.DEFAULT_NAME, "172.17.0.0/16", NetworkOptions.DEFAULT);
    private final Network front = network("front", "10.1.0.0/24", NetworkOptions.DEFAULT);
    private final Network back = network("back.lan", "10.2.0.0/24", INTERNAL);
    private final Sandbox web = sandbox("web", true);
    private final Sandbox db = sandbox("DB.main", true);
    private final Sandbox old = sandbox("old", true);
    private final Sandbox blue = sandbox("blue", false);

    private final Endpoint webFront = endpoint(front, web, "10.1.0.2", "eth0", List.of("www", "site.example"), 0);
    private final Endpoint webBack = endpoint(back, web, "10.2.0.2", "eth1", List.of("www"), 0);
    private final Endpoint dbBack = endpoint(back, db, "10.2.0.3", "eth0", List.of("store"), 0);
    private final Endpoint oldStandard = endpoint(standard, old, "172.17.0.2", "eth0", List.of("www"), 0);
    private final Endpoint blueFront = endpoint(front, blue, "10.1.0.3", "eth0", List.of("www"), 0);

    private final Snapshot snapshot = Snapshot.empty()
            .with(standard)
            .with(front)
            .with(back)
            .with(web)
            .with(db)
            .with(old)
            .with(blue)
            .with(webFront)
            .with(webBack)
            .with(dbBack)
            .with(oldStandard)
            .with(blueFront);

    private LocalAnswer ask(Sandbox sandbox, String name, int type) {
        int labels = name.isEmpty() ? 0 : name.split("\\.").length;
        return names.find(snapshot, sandbox.id(), name, labels, type);
    }

    private void assertFinds(Sandbox sandbox, String name, Endpoint... endpoints) {
        assertThat(ask(sandbox, name, Wire.TYPE_A))
                .isInstanceOfSatisfying(
                        LocalAnswer.Endpoints.class,
                        found -> assertThat(found.endpoints()).as(name).containsExactlyInAnyOrder(endpoints));
        assertThat(ask(sandbox, name, Wire.TYPE_AAAA)).as(name).isEqualTo(new LocalAnswer.NoData());
    }

    private void assertNone(Sandbox sandbox, String name, int type) {
        assertThat(ask(sandbox, name, type)).as(name).isEqualTo(new LocalAnswer.NoSuchName());
    }

    private void assertElsewhere(Sandbox sandbox, String name, int type) {
        assertThat(ask(sandbox, name, type)).as(name).isEqualTo(new LocalAnswer.Elsewhere());
    }

    @Test
    void find_namesAliasesAndShortIds_onOwnNetworks() {
        assertFinds(web, "web", webFront);
        assertFinds(web, "blue", blueFront);
        assertFinds(web, "www", webFront, blueFront);
        assertFinds(web, "site.example", webFront);
        assertFinds(web, "db.main", dbBack);
        assertFinds(web, db.id().shortForm(), dbBack);
        assertFinds(db, "web", webBack);
        assertFinds(db, "www", webBack);
    }

    @Test
    void find_nameWithItsNetwork_isThatOne() {
        assertFinds(web, "web.front", webFront);
        assertFinds(web, "web.back.lan", webBack);
        assertFinds(web, "db.main.back.lan", dbBack);
        assertElsewhere(db, "web.front", Wire.TYPE_A);
    }

    @Test
    void find_namesOfOtherNetworks_areNotSeen() {
        assertNone(db, "blue", Wire.TYPE_A);
        assertNone(web, "old", Wire.TYPE_A);
        assertNone(old, "old", Wire.TYPE_A);
    }

    @Test
    void find_preferredNetworkFirst() {
        Snapshot other =
                snapshot.without(webBack.id()).with(endpoint(back, web, "10.2.0.2", "eth1", List.of("www"), 5));
        assertThat(names.find(other, web.id(), "web", 1, Wire.TYPE_A))
                .isInstanceOfSatisfying(
                        LocalAnswer.Endpoints.class,
                        found -> assertThat(found.endpoints())
                                .extracting(Endpoint::network)
                                .containsExactly(back.id()));
    }

    @Test
    void find_unknownNames_oneLabelGoesNowhere() {
        for (int type : new int[] {Wire.TYPE_A, Wire.TYPE_AAAA, Wire.TYPE_SRV, 15, 16, 65, Wire.TYPE_ANY}) {
            assertNone(web, "gone", type);
            assertElsewhere(web, "gone.example", type);
        }
        assertElsewhere(web, "com", Wire.TYPE_DS);
        assertElsewhere(web, "", Wire.TYPE_NS);
    }

    @Test
    void find_addresses_oursGoNowhere() {
        assertThat(ask(web, "3.0.2.10.in-addr.arpa", Wire.TYPE_PTR))
                .isEqualTo(new LocalAnswer.Pointer("db.main.back.lan"));
        assertThat(ask(web, "3.0.2.10.in-addr.arpa", Wire.TYPE_A)).isEqualTo(new LocalAnswer.NoData());
        assertNone(web, "1.0.1.10.in-addr.arpa", Wire.TYPE_PTR);
        assertNone(web, "2.0.17.172.in-addr.arpa", Wire.TYPE_PTR);
        assertNone(db, "2.0.1.10.in-addr.arpa", Wire.TYPE_PTR);
        assertNone(web, "1.0.0.127.in-addr.arpa", Wire.TYPE_PTR);
        assertElsewhere(web, "1.2.0.192.in-addr.arpa", Wire.TYPE_PTR);
        assertElsewhere(web, "300.2.0.192.in-addr.arpa", Wire.TYPE_PTR);
        assertElsewhere(web, "2.0.192.in-addr.arpa", Wire.TYPE_PTR);
    }

    @Test
    void find_services_byNumberAndByName() {
        assertThat(ask(db, "_http._tcp.web", Wire.TYPE_SRV))
                .isInstanceOfSatisfying(LocalAnswer.Service.class, service -> {
                    assertThat(service.port()).isEqualTo(80);
                    assertThat(service.host()).isEqualTo("web");
                    assertThat(service.endpoints()).containsExactly(webBack);
                });
        assertThat(ask(db, "_5432._tcp.db.main.back.lan", Wire.TYPE_SRV))
                .isInstanceOfSatisfying(
                        LocalAnswer.Service.class,
                        service -> assertThat(service.port()).isEqualTo(5432));
        assertThat(ask(db, "_http._tcp.web", Wire.TYPE_A)).isEqualTo(new LocalAnswer.NoData());
        assertNone(db, "_http._udp.web", Wire.TYPE_SRV);
        assertNone(db, "_99999._tcp.web", Wire.TYPE_SRV);
        assertElsewhere(db, "_http._tcp.example.com", Wire.TYPE_SRV);
        assertElsewhere(db, "_dmarc.web", 16);
        assertNone(db, "_", Wire.TYPE_A);
    }

    @Test
    void find_ipv6_namesAndAddressesOfEndpointsThatHaveIt() {
        Network lan = network("lan6", "10.6.0.0/24", NetworkOptions.DEFAULT)
                .with(Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:6::/64"))));
        Sandbox six = sandbox("six", true);
        Sandbox four = sandbox("four", true);
        Endpoint both = withIpv6(endpoint(lan, six, "10.6.0.2", "eth0", List.of("app"), 0), "fd00:6::2");
        Endpoint old = endpoint(lan, four, "10.6.0.3", "eth0", List.of("app"), 0);
        Snapshot with = snapshot.with(lan).with(six).with(four).with(both).with(old);

        assertThat(names.find(with, four.id(), "six", 1, Wire.TYPE_AAAA))
                .isInstanceOfSatisfying(
                        LocalAnswer.Endpoints.class,
                        found -> assertThat(found.endpoints()).containsExactly(both));
        assertThat(names.find(with, six.id(), "app", 1, Wire.TYPE_AAAA)).isInstanceOf(LocalAnswer.Endpoints.class);
        assertThat(names.find(with, six.id(), "four", 1, Wire.TYPE_AAAA)).isEqualTo(new LocalAnswer.NoData());
        String network = "0.0.0.0.0.0.0.0.6.0.0.0.0.0.d.f.ip6.arpa";
        String host = ".0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.";
        assertThat(names.find(with, four.id(), "2" + host + network, 34, Wire.TYPE_PTR))
                .isEqualTo(new LocalAnswer.Pointer("six.lan6"));
        assertThat(names.find(with, four.id(), "9" + host + network, 34, Wire.TYPE_PTR))
                .isEqualTo(new LocalAnswer.NoSuchName());
        assertThat(names.find(with, web.id(), "2" + host + network, 34, Wire.TYPE_PTR))
                .as("from another network")
                .isEqualTo(new LocalAnswer.NoSuchName());
        for (String elsewhere : List.of("2" + host + "0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "8.b.d.0.ip6.arpa")) {
            assertThat(names.find(with, four.id(), elsewhere, 34, Wire.TYPE_PTR))
                    .isEqualTo(new LocalAnswer.Elsewhere());
        }
    }

    private static Endpoint withIpv6(Endpoint of, String address) {
        return new Endpoint(
                of.id(),
                of.network(),
                of.sandbox(),
                of.interfaceName(),
                of.hostEnd(),
                of.ipv4().orElseThrow().address(),
                of.ipv4().orElseThrow().gateway(),
                of.mac(),
                of.mtuBytes(),
                of.aliases(),
                of.gatewayPriority(),
                Optional.of(
                        new EndpointIpv6(Ipv6InterfaceAddress.parse(address + "/64"), Ipv6Address.parse("fd00:6::1"))));
    }

    @Test
    void find_localhost_isTheSandboxItself() {
        assertThat(ask(web, "localhost", Wire.TYPE_A)).isEqualTo(new LocalAnswer.Loopback());
        assertThat(ask(web, "x.localhost", Wire.TYPE_A)).isEqualTo(new LocalAnswer.Loopback());
        assertThat(ask(web, "localhost", Wire.TYPE_AAAA)).isEqualTo(new LocalAnswer.NoData());
    }

    @Test
    void isServed_ownSandboxesOnUserDefinedNetworksAlone() {
        assertThat(LocalNames.isServed(snapshot, web.id())).isTrue();
        assertThat(LocalNames.isServed(snapshot, db.id())).isTrue();
        assertThat(LocalNames.isServed(snapshot, old.id())).isFalse();
        assertThat(LocalNames.isServed(snapshot, blue.id())).isFalse();
        assertThat(LocalNames.isServed(snapshot.without(dbBack.id()), db.id())).isFalse();
        assertThat(LocalNames.isServed(front.retire())).isFalse();
    }

    @Test
    void listensItself_whoPublishesTheDnsPortByTcp() {
        for (TransportProtocol protocol : List.of(TransportProtocol.TCP, TransportProtocol.UDP)) {
            PublishedPort port = new PublishedPort(
                    webBack.id(), webBack.ipv4().orElseThrow().address().address(), PortMapping.of(protocol, 5353, 53));
            Snapshot published = snapshot.with(PublishedPorts.NONE.with(port));
            assertThat(LocalNames.listensItself(published, web.id())).isEqualTo(protocol == TransportProtocol.TCP);
            assertThat(LocalNames.listensItself(published, db.id())).isFalse();
        }
        assertThat(LocalNames.listensItself(snapshot, web.id())).isFalse();
    }

    @Test
    void mayAskElsewhere_aNetworkWithAWayOut() {
        assertThat(LocalNames.mayAskElsewhere(snapshot, web.id())).isTrue();
        assertThat(LocalNames.mayAskElsewhere(snapshot, db.id())).isFalse();
    }

    @Test
    void servicePorts_asTheHostHasThem() {
        ServicePorts ports =
                ServicePorts.parse("# x\nhttp\t\t80/tcp  www # WorldWideWeb\nbad\nntp 123/udp\nodd x/tcp\n");
        assertThat(ports.port("http", "tcp")).isEqualTo(80);
        assertThat(ports.port("www", "tcp")).isEqualTo(80);
        assertThat(ports.port("http", "udp")).isZero();
        assertThat(ports.port("ntp", "udp")).isEqualTo(123);
        assertThat(ports.port("", "tcp")).isZero();
        assertThat(ports.port("70000", "tcp")).isZero();
        assertThat(ports.port("odd", "tcp")).isZero();
    }

    private Network network(String name, String subnet, NetworkOptions options) {
        Subnet of = Subnet.parse(subnet);
        String bridge = "br-" + name.substring(0, 4);
        return new Network(
                NetworkId.random(random), name, new InterfaceName(bridge), of, of.firstHost(), 1500, options);
    }

    private Sandbox sandbox(String name, boolean owned) {
        return new Sandbox(
                SandboxId.random(random), name, Path.of("/run/netns", name), random.nextInt(9999) + 1, owned);
    }

    private Endpoint endpoint(
            Network network,
            Sandbox sandbox,
            String address,
            String interfaceName,
            List<String> aliases,
            int priority) {
        Ipv4Address of = Ipv4Address.parse(address);
        EndpointId id = EndpointId.random(random);
        return new Endpoint(
                id,
                network.id(),
                sandbox.id(),
                new InterfaceName(interfaceName),
                new InterfaceName("veth" + id.value().substring(0, 8)),
                new InterfaceAddress(of, network.ipv4().orElseThrow().subnet().prefixLength()),
                network.ipv4().orElseThrow().gateway(),
                MacAddress.derivedFrom(of),
                1500,
                aliases,
                priority);
    }
}
