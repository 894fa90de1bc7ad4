package dev.bailey.daemon;

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
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerId;
import dev.bailey.runtime.ContainerSpec;
import dev.bailey.runtime.ContainerSpecBuilder;
import dev.bailey.runtime.ContainerState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A network, a sandbox, an endpoint and a container to test with; they belong together. */
public final class Samples {
    public static final String ID = "0123456789ab".repeat(6).substring(0, 64);
    public static final String NETWORK_ID = "b".repeat(64);
    public static final String ENDPOINT_ID = "e".repeat(64);
    public static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901234Z");

    public static final Network NETWORK = new Network(
            new NetworkId(NETWORK_ID),
            "bridge",
            new InterfaceName("bailey0"),
            Subnet.parse("172.17.0.0/16"),
            Ipv4Address.parse("172.17.0.1"),
            1500,
            NetworkOptions.DEFAULT);
    public static final Sandbox SANDBOX =
            new Sandbox(new SandboxId(ID), "web", Path.of("/run/bailey/netns/0123456789ab"), 4026531999L, true);
    public static final Endpoint ENDPOINT = endpoint(ENDPOINT_ID, "172.17.0.2/16");
    public static final Snapshot SNAPSHOT =
            Snapshot.empty().with(NETWORK).with(SANDBOX).with(ENDPOINT);

    private Samples() {}

    /** An endpoint of the sandbox. */
    public static Endpoint endpoint(String id, String address) {
        InterfaceAddress parsed = InterfaceAddress.parse(address);
        return new Endpoint(
                new EndpointId(id),
                NETWORK.id(),
                SANDBOX.id(),
                new InterfaceName("eth0"),
                new InterfaceName("veth" + id.substring(0, 8)),
                parsed,
                NETWORK.ipv4().orElseThrow().gateway(),
                MacAddress.derivedFrom(parsed.address()),
                1500);
    }

    /** A specification to add to. */
    public static ContainerSpecBuilder spec() {
        return ContainerSpec.builder("host").name("web");
    }

    /** The container of the sandbox. */
    public static Container container(ContainerSpec spec, ContainerState state) {
        Path folder = Path.of("/run/bailey/containers/" + ID);
        return new Container(
                new ContainerId(ID),
                "web",
                spec,
                "host",
                List.of("sh", "-c", "true"),
                List.of("PATH=/bin"),
                "/",
                "0123456789ab",
                CREATED,
                state,
                new Container.Files(
                        folder.resolve("log"),
                        folder.resolve("resolv.conf"),
                        folder.resolve("hosts"),
                        folder.resolve("hostname")));
    }
}
