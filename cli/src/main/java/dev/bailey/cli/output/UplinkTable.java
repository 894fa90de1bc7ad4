package dev.bailey.cli.output;

import dev.bailey.api.view.HostUplink;
import dev.bailey.api.view.UplinkRoute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Uplinks with their addresses and default routes: the link once, a line for each further address or route. */
public final class UplinkTable {
    private static final String NONE = "-";

    private UplinkTable() {}

    /** Returns the lines. */
    public static String of(List<HostUplink> uplinks) {
        Table table = new Table("LINK", "STATE", "MTU", "ADDRESS", "GATEWAY", "METRIC", "RECEIVED", "SENT", "LOST");
        uplinks.forEach(uplink -> add(table, uplink));
        return table.renderStripped();
    }

    private static void add(Table table, HostUplink uplink) {
        List<String> addresses = uplink.addresses();
        List<UplinkRoute> routes = uplink.routes();
        int lines = Math.max(1, Math.max(addresses.size(), routes.size()));
        for (int line = 0; line < lines; line++) {
            boolean first = line == 0;
            List<String> cells = new ArrayList<>();
            cells.addAll(first ? List.of(uplink.name(), state(uplink), String.valueOf(uplink.mtu())) : blank(3));
            cells.add(line < addresses.size() ? addresses.get(line) : first ? NONE : "");
            cells.addAll(line < routes.size() ? route(routes.get(line)) : first ? List.of(NONE, NONE) : blank(2));
            cells.addAll(first ? counters(uplink) : blank(3));
            table.row(cells.toArray(String[]::new));
        }
    }

    private static String state(HostUplink uplink) {
        return uplink.up() ? uplink.state() : "down";
    }

    private static List<String> route(UplinkRoute route) {
        return List.of(route.gateway().isEmpty() ? "on the link" : route.gateway(), String.valueOf(route.metric()));
    }

    private static List<String> counters(HostUplink uplink) {
        long lost = uplink.received().errors()
                + uplink.received().dropped()
                + uplink.sent().errors()
                + uplink.sent().dropped();
        return List.of(
                Units.size(uplink.received().bytes()), Units.size(uplink.sent().bytes()), String.valueOf(lost));
    }

    private static List<String> blank(int cells) {
        return Collections.nCopies(cells, "");
    }
}
