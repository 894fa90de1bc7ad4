package dev.bailey.engine.store;

import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.EndpointIpv6;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Subnet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Records of a little life: two networks, some sandboxes, endpoints that come, fail, go and stay. */
final class Script {
    private static final Random RANDOM = new Random(7);

    static final Network NETWORK = network("bridge", "bailey0", "172.17.0.0/16");
    static final Network OTHER = new Network(
            NetworkId.random(RANDOM),
            "other",
            new InterfaceName("br-\u00e9"),
            BridgeOwner.ENGINE,
            Optional.of(new NetworkIpv4(
                    InterfaceAddress.parse("10.1.0.1/24"),
                    Subnet.parse("10.1.0.64/26"),
                    Ipv4Address.parse("10.1.0.254"),
                    Map.of("router", Ipv4Address.parse("10.1.0.9")),
                    false,
                    false)),
            1400,
            new NetworkOptions(
                    true,
                    false,
                    false,
                    GatewayMode.NAT,
                    Ipv4Address.parse("127.0.0.1"),
                    Optional.of(Ipv4Address.parse("192.0.2.1")),
                    List.of(new InterfaceName("eth0"), new InterfaceName("a,=b")),
                    false),
            false,
            new NetworkDetails(Instant.ofEpochMilli(1_764_367_200_123L), Map.of("a=b,c", "x y", "", ""), "lan", true),
            Optional.of(new NetworkIpv6(
                    Ipv6InterfaceAddress.parse("fd00:1::1/64"),
                    Ipv6Subnet.parse("fd00:1::8000/113"),
                    Ipv6Address.parse("fd00:1::fe"),
                    Map.of("router", Ipv6Address.parse("fd00:1::9")),
                    GatewayMode.NAT_UNPROTECTED,
                    Optional.of(Ipv6Address.parse("2001:db8::1")))));
    static final Sandbox SANDBOX = sandbox("web", "/run/bailey/netns/0123456789ab", 4026532001L);
    static final Sandbox FOREIGN = sandbox("100%-\u00fcber", "/run/net ns/a%20b\n\u00e9", 4026532002L);

    static final PortMapping PORT = PortMapping.parse("0.0.0.0:8080:80/tcp");
    static final PortMapping RANGE = PortMapping.parse("127.0.0.1:9000-9009:9000-9009/udp,from=10.0.0.0/8");
    static final PortMapping OTHER_PORT = PortMapping.parse("192.0.2.1:8080:80/sctp");

    private static final EndpointIpv6 IPV6 =
            new EndpointIpv6(Ipv6InterfaceAddress.parse("fd00:2::2/64"), Ipv6Address.parse("fd00:2::1"));

    private Script() {}

    static List<StateRecord> records() {
        List<StateRecord> records = new ArrayList<>();
        records.add(new StateRecord.HostSettingRemembered("net.ipv4.ip_forward", "0"));
        records.add(new StateRecord.NetworkCreated(NETWORK));
        records.add(new StateRecord.EgressNumbered(EgressWay.parse("uplink=eth1"), 1));
        records.add(new StateRecord.EgressNumbered(EgressWay.parse("table=7"), 1));
        records.add(new StateRecord.UniqueLocalPrefixChosen(Ipv6Subnet.parse("fd12:3456:789a::/48")));
        records.add(new StateRecord.SandboxCreated(SANDBOX));
        Endpoint first = endpoint(SANDBOX, 2);
        records.add(new StateRecord.AttachIntended(first));
        records.add(new StateRecord.PortsPublished(first.id(), List.of(PORT, RANGE)));
        records.add(new StateRecord.AttachDone(first.id()));
        records.add(new StateRecord.NetworkCreated(OTHER));
        records.add(new StateRecord.SandboxCreated(FOREIGN));
        Endpoint failing = endpoint(FOREIGN, 3);
        records.add(new StateRecord.AttachIntended(failing));
        records.add(new StateRecord.PortsPublished(failing.id(), List.of(RANGE)));
        records.add(new StateRecord.AttachUndone(failing.id()));
        Endpoint going = endpoint(FOREIGN, 4);
        records.add(new StateRecord.AttachIntended(going));
        records.add(new StateRecord.AttachDone(going.id()));
        records.add(new StateRecord.RemakeIntended(going.id()));
        records.add(new StateRecord.AttachDone(going.id()));
        records.add(new StateRecord.PortsPublished(going.id(), List.of(OTHER_PORT)));
        records.add(new StateRecord.DetachIntended(going.id()));
        records.add(new StateRecord.DetachDone(going.id()));
        records.add(new StateRecord.SandboxRemoved(FOREIGN.id()));
        records.add(new StateRecord.PortsUnpublished(first.id(), List.of(PORT)));
        records.add(new StateRecord.HostSettingRemembered("empty", ""));
        records.add(new StateRecord.NetworkRemovalIntended(OTHER.id()));
        records.add(new StateRecord.NetworkRemoved(OTHER.id()));
        records.add(new StateRecord.DetachIntended(first.id()));
        Endpoint last = endpoint(SANDBOX, 5);
        records.add(new StateRecord.AttachIntended(last));
        records.add(new StateRecord.NetworkChanged(withMtu(NETWORK, 1400)));
        return records;
    }

    private static Network withMtu(Network network, int mtuBytes) {
        return new Network(
                network.id(),
                network.name(),
                network.bridge(),
                network.ipv4().orElseThrow().subnet(),
                network.ipv4().orElseThrow().gateway(),
                mtuBytes,
                network.options());
    }

    /** What the first records amount to, for each number of them from none to all. */
    static List<RecoveredState> statesAfterEach(List<StateRecord> records) {
        LiveState state = new LiveState();
        List<RecoveredState> states = new ArrayList<>();
        states.add(state.toRecovered());
        for (StateRecord record : records) {
            state.apply(record);
            states.add(state.toRecovered());
        }
        return states;
    }

    static Endpoint endpoint(Sandbox sandbox, int host) {
        Ipv4Address address = NETWORK.ipv4().orElseThrow().subnet().base().plus(host);
        return new Endpoint(
                EndpointId.random(RANDOM),
                NETWORK.id(),
                sandbox.id(),
                new InterfaceName("eth0"),
                new InterfaceName("bly" + host),
                new InterfaceAddress(address, 16),
                NETWORK.ipv4().orElseThrow().gateway(),
                MacAddress.derivedFrom(address),
                1500,
                host % 2 == 0 ? List.of("db", "db.internal") : List.of(),
                host - 3,
                host % 2 == 0 ? Optional.of(IPV6) : Optional.empty());
    }

    private static Network network(String name, String bridge, String subnet) {
        Subnet parsed = Subnet.parse(subnet);
        return new Network(
                NetworkId.random(RANDOM),
                name,
                new InterfaceName(bridge),
                parsed,
                parsed.firstHost(),
                1500,
                NetworkOptions.DEFAULT);
    }

    private static Sandbox sandbox(String name, String netns, long inode) {
        return new Sandbox(SandboxId.random(RANDOM), name, Path.of(netns), inode, true);
    }
}
