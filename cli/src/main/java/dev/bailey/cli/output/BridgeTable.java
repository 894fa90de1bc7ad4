package dev.bailey.cli.output;

import dev.bailey.api.view.BridgePort;
import dev.bailey.api.view.HostBridge;
import java.util.List;

/** Bridges as brctl(8) shows them, with the containers' names: the bridge once, a line for each of its ports. */
public final class BridgeTable {
    private BridgeTable() {}

    /** Returns the lines. */
    public static String of(List<HostBridge> bridges) {
        Table table = new Table(
                "BRIDGE", "BRIDGE ID", "STP", "MTU", "STATE", "NETWORK", "INTERFACE", "PORT STATE", "CONTAINER");
        bridges.forEach(bridge -> add(table, bridge));
        return table.renderStripped();
    }

    private static void add(Table table, HostBridge bridge) {
        List<BridgePort> ports = bridge.ports();
        if (ports.isEmpty()) {
            first(table, bridge, "", "", "");
        }
        for (int i = 0; i < ports.size(); i++) {
            BridgePort port = ports.get(i);
            if (i == 0) {
                first(table, bridge, port.name(), state(port), port.container());
            } else {
                table.row("", "", "", mtu(bridge, port), "", "", port.name(), state(port), port.container());
            }
        }
    }

    private static void first(Table table, HostBridge bridge, String port, String state, String container) {
        table.row(
                bridge.name(),
                bridge.id(),
                bridge.spanningTree() ? "yes" : "no",
                String.valueOf(bridge.mtu()),
                bridge.up() ? "up" : "down",
                bridge.network(),
                port,
                state,
                container);
    }

    /** A port's own MTU where it is not the bridge's. */
    private static String mtu(HostBridge bridge, BridgePort port) {
        return port.mtu() == bridge.mtu() ? "" : String.valueOf(port.mtu());
    }

    private static String state(BridgePort port) {
        return port.up() ? port.state() : "down";
    }
}
