package dev.bailey.daemon.main;

import dev.bailey.engine.DefaultNetworkOptions;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.runtime.DnsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that an operator can set when the daemon starts.
 *
 * @param socket absolute path of the socket it listens on
 * @param dataRoot absolute path of the folder of what outlives a restart of the machine
 * @param execRoot absolute path of the folder of what lives as long as the machine runs
 * @param defaultNetwork what the default network is to be like
 * @param pools the ranges that subnets are carved from; empty for the built-in ones
 * @param ipv6Pools the ranges that IPv6 subnets are carved from; empty for a prefix of this installation's own
 * @param forwarding whether forwarding is switched on where it is off
 * @param firewallBackend what holds the packet rules
 * @param dns overrides of the resolver of containers
 * @param logLevel the least important events that are logged
 * @param pidFile where the process id is written; empty for nowhere
 */
record DaemonOptions(
        Path socket,
        Path dataRoot,
        Path execRoot,
        DefaultNetworkOptions defaultNetwork,
        List<AddressPool> pools,
        List<Ipv6Pool> ipv6Pools,
        boolean forwarding,
        FirewallBackend firewallBackend,
        DnsSettings dns,
        LogLevel logLevel,
        Optional<Path> pidFile) {

    DaemonOptions {
        pools = List.copyOf(pools);
        ipv6Pools = List.copyOf(ipv6Pools);
    }
}
