package dev.bailey.engine;

import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.Ipv4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is set when an engine starts.
 *
 * @param dataRoot the folder of what must outlive the machine's restart
 * @param execRoot the folder of what lives as long as the machine runs, namespaces among it
 * @param mtuBytes the default network's MTU in bytes; empty for the smallest of the uplinks
 * @param bridgeAddress the default bridge's own address ({@code --bip}); empty for the first free subnet of the pools
 * @param pools the ranges that subnets are carved from; empty for the built-in ones
 * @param nameservers the nameservers that the host asks, whose addresses no subnet may cover
 * @param firewallBackend what holds the packet rules; those of another backend from an earlier start are taken away
 */
public record EngineOptions(
        Path dataRoot,
        Path execRoot,
        OptionalInt mtuBytes,
        Optional<InterfaceAddress> bridgeAddress,
        List<AddressPool> pools,
        List<Ipv4Address> nameservers,
        FirewallBackend firewallBackend) {

    /** Copies the list and makes the folders absolute. */
    public EngineOptions {
        dataRoot = dataRoot.toAbsolutePath();
        execRoot = execRoot.toAbsolutePath();
        Objects.requireNonNull(mtuBytes, "mtuBytes");
        Objects.requireNonNull(bridgeAddress, "bridgeAddress");
        pools = List.copyOf(pools);
        nameservers = List.copyOf(nameservers);
        Objects.requireNonNull(firewallBackend, "firewallBackend");
    }

    /** Returns options with every default, for these two folders. */
    public static EngineOptions of(Path dataRoot, Path execRoot) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                OptionalInt.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                FirewallBackend.NFTABLES);
    }

    /** Returns the same options with another firewall backend. */
    public EngineOptions withFirewallBackend(FirewallBackend backend) {
        return new EngineOptions(dataRoot, execRoot, mtuBytes, bridgeAddress, pools, nameservers, backend);
    }

    /** Returns the folder that the namespaces of the engine's own sandboxes are bound in. */
    public Path namespaces() {
        return execRoot.resolve("netns");
    }
}
