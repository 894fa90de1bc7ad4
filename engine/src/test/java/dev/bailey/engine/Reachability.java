package dev.bailey.engine;

import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.IpFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of docs/reachability.md. */
final class Reachability {
    static final String YES = "yes";
    static final String AS_BRIDGE = "yes ¹";
    static final String NO = "no";
    static final String NOTHING = "–";

    private Reachability() {}

    /** A kind of network: a gateway mode, or an internal network of mode nat. */
    enum Mode {
        NAT("Gateway mode `nat`", GatewayMode.NAT, false),
        NAT_UNPROTECTED("Gateway mode `nat-unprotected`", GatewayMode.NAT_UNPROTECTED, false),
        ROUTED("Gateway mode `routed`", GatewayMode.ROUTED, false),
        INTERNAL("Internal networks (`--internal`)", GatewayMode.NAT, true),
        ISOLATED("Internal networks of gateway mode `isolated`", GatewayMode.ISOLATED, true);

        final String title;
        final GatewayMode gatewayMode;
        final boolean internal;

        Mode(String title, GatewayMode gatewayMode, boolean internal) {
            this.title = title;
            this.gatewayMode = gatewayMode;
            this.internal = internal;
        }

        boolean hasHostPorts() {
            return this == NAT || this == NAT_UNPROTECTED;
        }
    }

    /** Who asks. */
    enum Row {
        HOST("this host"),
        LOOPBACK("this host, at 127.0.0.1"),
        LAN("the LAN, with a route"),
        SAME_NETWORK("the same network"),
        OTHER_NETWORK("another network"),
        SAME_CONTAINER("the container itself");

        final String title;

        Row(String title) {
            this.title = title;
        }

        String title(IpFamily family) {
            return family == IpFamily.IPV4 ? title : title.replace("127.0.0.1", "::1");
        }
    }

    /** Whom, and how. */
    enum Column {
        PUBLISHED_HOST_TCP("published, at the host: TCP", true, true, true),
        PUBLISHED_HOST_UDP("UDP", true, true, false),
        PUBLISHED_OWN_TCP("published, at its own address: TCP", true, false, true),
        PUBLISHED_OWN_UDP("UDP", true, false, false),
        CLOSED_HOST_TCP("unpublished, at the host: TCP", false, true, true),
        CLOSED_HOST_UDP("UDP", false, true, false),
        CLOSED_OWN_TCP("unpublished, at its own address: TCP", false, false, true),
        CLOSED_OWN_UDP("UDP", false, false, false),
        PING("ping", false, false, false);

        final String title;
        final boolean published;
        final boolean atHost;
        final boolean tcp;

        Column(String title, boolean published, boolean atHost, boolean tcp) {
            this.title = title;
            this.published = published;
            this.atHost = atHost;
            this.tcp = tcp;
        }
    }

    record Cell(Mode mode, IpFamily family, Row row, Column column) {
        /** Nothing can be published on internal networks, and at 127.0.0.1 there is the host alone. */
        boolean exists() {
            boolean loopback = row == Row.LOOPBACK && !column.atHost;
            boolean internal = mode.internal && column.published;
            return !loopback && !internal;
        }

        /** Whether the packet passes through the host. */
        boolean isForwarded() {
            return row == Row.LAN || row == Row.OTHER_NETWORK;
        }
    }

    static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            for (IpFamily family : IpFamily.values()) {
                for (Row row : Row.values()) {
                    Stream.of(Column.values())
                            .map(column -> new Cell(mode, family, row, column))
                            .filter(Cell::exists)
                            .forEach(cells::add);
                }
            }
        }
        return cells;
    }

    static String document(Map<Cell, String> found) {
        StringBuilder text = new StringBuilder("""
                # Who reaches whom

                Each cell is what a packet and its answer said, with either backend: a test asks for all of them and compares them with
                this page (`ReachabilityLabTest`; `-Dreachability.update=true` writes it). The policy of iptables' chain FORWARD makes no
                difference. *At the host* means the port of the host that leads there, in gateway mode `routed` the same number at the
                host, where nothing is. Each network has both families, of the same mode.

                ¹ The container sees the bridge's address; in all other cells the sender's own.
                """);
        for (Mode mode : Mode.values()) {
            text.append("\n## ").append(mode.title).append('\n');
            for (IpFamily family : IpFamily.values()) {
                text.append(table(mode, family, found));
            }
        }
        return text.toString();
    }

    private static StringBuilder table(Mode mode, IpFamily family, Map<Cell, String> found) {
        StringBuilder text = new StringBuilder("\n| from, by " + family + " |");
        Stream.of(Column.values())
                .forEach(column -> text.append(' ').append(column.title).append(" |"));
        text.append("\n|---|").append("---|".repeat(Column.values().length)).append('\n');
        for (Row row : Row.values()) {
            text.append("| ").append(row.title(family)).append(" | ");
            text.append(Stream.of(Column.values())
                    .map(column -> found.getOrDefault(new Cell(mode, family, row, column), NOTHING))
                    .collect(Collectors.joining(" | ")));
            text.append(" |\n");
        }
        return text;
    }

    /** What {@link #document} wrote. */
    static Map<Cell, String> read(String document) {
        Map<Cell, String> cells = new HashMap<>();
        List<String> rows = document.lines()
                .filter(line -> Stream.of(Row.values())
                        .anyMatch(row -> line.startsWith("| " + row.title + " |")
                                || line.startsWith("| " + row.title(IpFamily.IPV6) + " |")))
                .toList();
        int families = IpFamily.values().length;
        for (int i = 0; i < rows.size(); i++) {
            String[] parts = rows.get(i).split("\\|", -1);
            int table = i / Row.values().length;
            for (Column column : Column.values()) {
                Cell cell = new Cell(
                        Mode.values()[table / families],
                        IpFamily.values()[table % families],
                        Row.values()[i % Row.values().length],
                        column);
                cells.put(cell, parts[2 + column.ordinal()].strip());
            }
        }
        return cells;
    }
}
