package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Look-ups in snapshots, what changing them leaves behind, and what they and their parts refuse. */
class SnapshotTest {
    private final Random random = new Random(1);
    private final Network network = network("bridge", "bailey0");
    private final Sandbox sandbox = sandbox("web", 4026532001L);
    private final Endpoint endpoint = endpoint(network, sandbox, 2);

    @Test
    void with_everyLookUpFindsIt() {
        Snapshot full = Snapshot.empty().with(network).with(sandbox).with(endpoint);

        assertThat(full.network(network.id())).contains(network);
        assertThat(full.networkNamed("bridge")).contains(network);
        assertThat(full.networkOfBridge(network.bridge())).contains(network);
        assertThat(full.defaultNetwork()).contains(network);
        assertThat(full.networks()).containsExactly(network);
        assertThat(full.sandbox(sandbox.id())).contains(sandbox);
        assertThat(full.sandboxNamed("web")).contains(sandbox);
        assertThat(full.sandboxOfNetns(4026532001L)).contains(sandbox);
        assertThat(full.sandboxes()).containsExactly(sandbox);
        assertThat(full.endpoint(endpoint.id())).contains(endpoint);
        assertThat(full.endpointOfHostEnd(endpoint.hostEnd())).contains(endpoint);
        assertThat(full.endpointsOf(sandbox.id())).containsExactly(endpoint);
        assertThat(full.endpointsOn(network.id())).containsExactly(endpoint);
        assertThat(full.endpoints()).containsExactly(endpoint);
    }

    @Test
    void without_nothingFindsItAndTheOldSnapshotStays() {
        Snapshot full = Snapshot.empty().with(network).with(sandbox).with(endpoint);

        Snapshot bare = full.without(endpoint.id());
        assertThat(bare.endpoints()).isEmpty();
        assertThat(bare.endpoint(endpoint.id())).isEmpty();
        assertThat(bare.endpointOfHostEnd(endpoint.hostEnd())).isEmpty();
        assertThat(bare.endpointsOf(sandbox.id())).isEmpty();
        assertThat(bare.endpointsOn(network.id())).isEmpty();
        assertThat(full.endpointsOf(sandbox.id())).containsExactly(endpoint);

        Snapshot empty = bare.without(sandbox.id()).without(network.id());
        assertThat(empty.networks()).isEmpty();
        assertThat(empty.networkNamed("bridge")).isEmpty();
        assertThat(empty.networkOfBridge(network.bridge())).isEmpty();
        assertThat(empty.sandboxes()).isEmpty();
        assertThat(empty.sandboxNamed("web")).isEmpty();
        assertThat(empty.sandboxOfNetns(4026532001L)).isEmpty();
    }

    @Test
    void endpointsOf_severalSandboxes_areKeptApart() {
        Sandbox other = sandbox("db", 4026532002L);
        Endpoint second = endpoint(network, other, 3);
        Snapshot full = Snapshot.empty()
                .with(network)
                .with(sandbox)
                .with(other)
                .with(endpoint)
                .with(second);

        assertThat(full.endpointsOf(sandbox.id())).containsExactly(endpoint);
        assertThat(full.endpointsOf(other.id())).containsExactly(second);
        assertThat(full.endpointsOn(network.id())).containsExactlyInAnyOrder(endpoint, second);
        assertThat(full.without(endpoint.id()).endpointsOn(network.id())).containsExactly(second);
    }

    @Test
    void endpointsNamed_nameShortIdAndAddress_findItOnItsNetworkAlone() {
        Network other = network("other", "bailey1");
        Sandbox upper = sandbox("DB", 4026532002L);
        Endpoint second = endpoint(other, upper, 3);
        Snapshot full = Snapshot.empty()
                .with(network)
                .with(other)
                .with(sandbox)
                .with(upper)
                .with(endpoint)
                .with(second);

        assertThat(full.endpointsNamed(network.id(), "web")).containsExactly(endpoint);
        assertThat(full.endpointsNamed(network.id(), sandbox.id().shortForm())).containsExactly(endpoint);
        assertThat(full.endpointsNamed(network.id(), "db")).isEmpty();
        assertThat(full.endpointsNamed(other.id(), "db")).containsExactly(second);
        assertThat(full.endpointAt(
                        other.id(), second.ipv4().orElseThrow().address().address()))
                .contains(second);
        assertThat(full.endpointAt(other.id(), Ipv4Address.parse("172.17.9.9"))).isEmpty();
        assertThat(full.namesOf(second)).containsExactly("db", upper.id().shortForm());

        Snapshot bare = full.without(second.id());
        assertThat(bare.endpointsNamed(other.id(), "db")).isEmpty();
        assertThat(bare.endpointAt(
                        other.id(), second.ipv4().orElseThrow().address().address()))
                .isEmpty();
        assertThat(bare.endpointsNamed(network.id(), "web")).containsExactly(endpoint);
    }

    @Test
    void change_breakingTheParts_refuses() {
        Snapshot full = Snapshot.empty().with(network).with(sandbox).with(endpoint);

        assertThatIllegalStateException().isThrownBy(() -> full.without(network.id()));
        assertThatIllegalStateException().isThrownBy(() -> full.without(sandbox.id()));
        assertThatIllegalStateException().isThrownBy(() -> full.with(endpoint));
        assertThatIllegalStateException().isThrownBy(() -> full.with(network("bridge", "bailey1")));
        assertThatIllegalStateException().isThrownBy(() -> full.with(network("other", "bailey0")));
        assertThatIllegalStateException().isThrownBy(() -> full.with(sandbox("web", 4026532002L)));
        assertThatIllegalStateException().isThrownBy(() -> full.with(sandbox("web2", 4026532001L)));
        assertThatIllegalStateException().isThrownBy(() -> full.without(EndpointId.random(random)));
        assertThatIllegalStateException()
                .isThrownBy(() -> Snapshot.empty().with(network).with(endpoint))
                .withMessage("no sandbox " + sandbox.id() + " in the snapshot");
    }

    private static Network network(String bridgeAddress, String range, String gateway) {
        return new Network(
                new NetworkId("ab".repeat(32)),
                "n",
                new InterfaceName("br0"),
                BridgeOwner.OPERATOR,
                InterfaceAddress.parse(bridgeAddress),
                Subnet.parse(range),
                Ipv4Address.parse(gateway),
                1500,
                NetworkOptions.DEFAULT,
                false,
                NetworkDetails.NONE);
    }

    @Test
    void network_addressesOutsideItsSubnet_saysWhichWouldFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network("10.0.0.1/24", "10.0.0.0/24", "10.0.1.1"))
                .withMessage("gateway 10.0.1.1 does not fit: an address from 10.0.0.1 to 10.0.0.254" + " would");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network("10.0.0.255/24", "10.0.0.0/24", "10.0.0.1"))
                .withMessageStartingWith("bridge address 10.0.0.255 does not fit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network("10.0.0.1/24", "10.0.0.0/23", "10.0.0.1"))
                .withMessage("range 10.0.0.0/23 does not fit: it must lie in the subnet 10.0.0.0/24");
    }

    @Test
    void network_bridgeWithTheBaseOfItsSubnet_isAccepted() {
        assertThat(network("10.100.1.0/24", "10.100.1.128/25", "10.100.1.0")
                        .ipv4()
                        .orElseThrow()
                        .subnet())
                .hasToString("10.100.1.0/24");
    }

    @Test
    void with_otherOptions_changesTheNetworkEverywhere() {
        NetworkOptions closed = new NetworkOptions(false, false, false);

        Snapshot changed = Snapshot.empty().with(network).with(network.id(), closed);

        assertThat(changed.networks()).containsExactly(network.with(closed));
        assertThat(changed.networkNamed(network.name())).contains(network.with(closed));
        assertThat(changed.networkOfBridge(network.bridge())).contains(network.with(closed));
        assertThatIllegalStateException().isThrownBy(() -> Snapshot.empty().with(network.id(), closed));
    }

    @Test
    void network_badNameOrMtu_refused() {
        for (String name : new String[] {"", "-x", "a b", "a/b", "x".repeat(129)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> network(name, "bailey0"))
                    .withMessageContaining("is not a network name");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mtu.check(67))
                .withMessage("67 is not an MTU: it goes from 68 to 65535 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> Mtu.check(65536));
    }

    @Test
    void sandbox_badParts_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> sandbox("a b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> sandbox("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> sandbox("a", 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sandbox(sandbox.id(), "a", Path.of("netns/a"), 1, false))
                .withMessage("'netns/a' is not the path of a namespace: it must be absolute");
    }

    @Test
    void endpoint_gatewayThatCannotBe_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint(network, sandbox, 1))
                .withMessage("gateway 172.17.0.1 does not fit the endpoint's address 172.17.0.1/16: it must be another"
                        + " host of 172.17.0.0/16");
        assertThatIllegalArgumentException().isThrownBy(() -> endpoint(network, sandbox, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> endpoint(network, sandbox, 65535));
    }

    private Network network(String name, String bridge) {
        return new Network(
                NetworkId.random(random),
                name,
                new InterfaceName(bridge),
                Subnet.parse("172.17.0.0/16"),
                Ipv4Address.parse("172.17.0.1"),
                1500,
                NetworkOptions.DEFAULT);
    }

    private Sandbox sandbox(String name, long inode) {
        return new Sandbox(SandboxId.random(random), name, Path.of("/run/bailey/netns/x"), inode, true);
    }

    private Endpoint endpoint(Network on, Sandbox of, int host) {
        Ipv4Address address = on.ipv4().orElseThrow().subnet().base().plus(host);
        return new Endpoint(
                EndpointId.random(random),
                on.id(),
                of.id(),
                new InterfaceName("eth0"),
                new InterfaceName("bly" + host),
                new InterfaceAddress(address, on.ipv4().orElseThrow().subnet().prefixLength()),
                on.ipv4().orElseThrow().gateway(),
                MacAddress.derivedFrom(address),
                on.mtuBytes());
    }
}
