package dev.bailey.engine.dns.server;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.model.Subnet;
import dev.bailey.lab.LabHost;
import java.nio.file.Path;
import java.util.List;

/** The snapshot of an engine that a test plays. */
final class Model {
    private volatile Snapshot snapshot = Snapshot.empty();
    private int links;

    Snapshot snapshot() {
        return snapshot;
    }

    Network network(String name, String subnet, boolean internal) {
        Subnet of = Subnet.parse(subnet);
        Network network = new Network(
                NetworkId.random(),
                name,
                new InterfaceName("br-" + name),
                of,
                of.firstHost(),
                1500,
                new NetworkOptions(true, true, internal));
        snapshot = snapshot.with(network);
        return network;
    }

    Sandbox sandbox(LabHost host) {
        return sandbox(host.name(), host.path(), host.inode());
    }

    Sandbox sandbox(String name, Path netns, long inode) {
        Sandbox sandbox = new Sandbox(SandboxId.random(), name, netns, inode, true);
        snapshot = snapshot.with(sandbox);
        return sandbox;
    }

    Endpoint join(Sandbox sandbox, Network network, int host, String... aliases) {
        Ipv4Address address = network.ipv4().orElseThrow().subnet().base().plus(host);
        int link = links++;
        Endpoint endpoint = new Endpoint(
                EndpointId.random(),
                network.id(),
                sandbox.id(),
                new InterfaceName("eth" + link),
                new InterfaceName("veth" + link),
                new InterfaceAddress(
                        address, network.ipv4().orElseThrow().subnet().prefixLength()),
                network.ipv4().orElseThrow().gateway(),
                MacAddress.derivedFrom(address),
                1500,
                List.of(aliases),
                0);
        snapshot = snapshot.with(endpoint);
        return endpoint;
    }

    void leave(Endpoint endpoint) {
        snapshot = snapshot.without(endpoint.id());
    }
}
