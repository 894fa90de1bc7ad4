package dev.bailey.daemon.main;

import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.runtime.DnsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that an operator can set when the daemon starts.
 *
 * @param socket absolute path of the socket it listens on
 * @param dataRoot absolute path of the folder of what outlives a restart of the machine
 * @param execRoot absolute path of the folder of what lives as long as the machine runs
 * @param mtuBytes the default network's MTU in bytes; empty for that of the uplinks
 * @param bridgeAddress the default bridge's address; empty for the first free subnet of the pools
 * @param pools the ranges that subnets are carved from; empty for the built-in ones
 * @param dns overrides of the resolver of containers
 * @param firewallBackend what holds the packet rules
 * @param logLevel the least important events that are logged
 * @param pidFile where the process id is written; empty for nowhere
 */
record DaemonOptions(
        Path socket,
        Path dataRoot,
        Path execRoot,
        OptionalInt mtuBytes,
        Optional<InterfaceAddress> bridgeAddress,
        List<AddressPool> pools,
        DnsSettings dns,
        FirewallBackend firewallBackend,
        LogLevel logLevel,
        Optional<Path> pidFile) {
    static final String DEFAULT_HOST = "unix:///run/bailey/bailey.sock";
    static final String DEFAULT_DATA_ROOT = "/var/lib/bailey";
    static final String DEFAULT_EXEC_ROOT = "/run/bailey";

    DaemonOptions {
        pools = List.copyOf(pools);
    }
}
