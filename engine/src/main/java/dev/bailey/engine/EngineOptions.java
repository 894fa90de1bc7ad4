package dev.bailey.engine;

import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.Ipv4Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What is set when an engine starts.
 *
 * @param dataRoot the folder of what must outlive the machine's restart
 * @param execRoot the folder of what lives as long as the machine runs, namespaces among it
 * @param defaultNetwork what the network is like that endpoints join when none is asked for
 * @param pools the ranges that subnets are carved from; empty for the built-in ones
 * @param nameservers the nameservers that the host asks, whose addresses no subnet may cover
 * @param firewallBackend what holds the packet rules; those of another backend from an earlier start are taken away
 * @param forwarding whether forwarding of packets is switched on where it is off; else it is the operator's to switch
 * @param ipv6Pools the ranges that IPv6 subnets are carved from; empty for a prefix of unique local addresses drawn at random
 */
public record EngineOptions(
        Path dataRoot,
        Path execRoot,
        DefaultNetworkOptions defaultNetwork,
        List<AddressPool> pools,
        List<Ipv4Address> nameservers,
        FirewallBackend firewallBackend,
        boolean forwarding,
        List<Ipv6Pool> ipv6Pools) {

    /** Copies the lists and makes the folders absolute. */
    public EngineOptions {
        dataRoot = dataRoot.toAbsolutePath();
        execRoot = execRoot.toAbsolutePath();
        Objects.requireNonNull(defaultNetwork, "defaultNetwork");
        pools = List.copyOf(pools);
        nameservers = List.copyOf(nameservers);
        Objects.requireNonNull(firewallBackend, "firewallBackend");
        ipv6Pools = List.copyOf(ipv6Pools);
    }

    /** Returns options with every default, for these two folders. */
    public static EngineOptions of(Path dataRoot, Path execRoot) {
        return new EngineOptions(
                dataRoot,
                execRoot,
                DefaultNetworkOptions.DEFAULT,
                List.of(),
                List.of(),
                FirewallBackend.NFTABLES,
                true,
                List.of());
    }

    /** Returns the same options with another default network. */
    public EngineOptions with(DefaultNetworkOptions changed) {
        return new EngineOptions(
                dataRoot, execRoot, changed, pools, nameservers, firewallBackend, forwarding, ipv6Pools);
    }

    /** Returns the same options with another firewall backend. */
    public EngineOptions withFirewallBackend(FirewallBackend backend) {
        return new EngineOptions(
                dataRoot, execRoot, defaultNetwork, pools, nameservers, backend, forwarding, ipv6Pools);
    }

    /** Returns the folder that the namespaces of the engine's own sandboxes are bound in. */
    public Path namespaces() {
        return execRoot.resolve("netns");
    }
}
