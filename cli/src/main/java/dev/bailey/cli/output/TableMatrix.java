package dev.bailey.cli.output;

import dev.bailey.api.view.ChainRow;
import dev.bailey.api.view.HostTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Tables of rules against the points of a packet's way: what each has there, {@code filter 0 accept}. */
public final class TableMatrix {
    private static final List<String> ALWAYS = List.of("prerouting", "input", "forward", "output", "postrouting");
    private static final List<String> SELDOM = List.of("ingress", "egress");
    private static final String NONE = "-";

    private TableMatrix() {}

    /** Returns a line for each table, and more where it has several chains at a point. */
    public static String of(List<HostTable> tables) {
        List<String> hooks = Stream.concat(ALWAYS.stream(), SELDOM.stream().filter(hook -> isUsed(tables, hook)))
                .toList();
        List<String> headings = new ArrayList<>(List.of("TABLE", "BACKEND", "OWNER"));
        hooks.forEach(hook -> headings.add(hook.toUpperCase(Locale.ROOT)));
        headings.add("OTHER CHAINS");
        Table matrix = new Table(headings.toArray(String[]::new));
        tables.forEach(table -> add(matrix, table, hooks));
        return matrix.renderStripped();
    }

    private static boolean isUsed(List<HostTable> tables, String hook) {
        return tables.stream()
                .flatMap(table -> table.chains().stream())
                .anyMatch(chain -> chain.hook().equals(hook));
    }

    private static void add(Table matrix, HostTable table, List<String> hooks) {
        List<List<String>> cells =
                hooks.stream().map(hook -> cells(table, hook)).toList();
        int lines = Math.max(1, cells.stream().mapToInt(List::size).max().orElse(1));
        for (int line = 0; line < lines; line++) {
            int at = line;
            List<String> row = new ArrayList<>(
                    line == 0 ? List.of(name(table), table.backend(), owner(table)) : List.of("", "", ""));
            cells.forEach(cell -> row.add(at < cell.size() ? cell.get(at) : at == 0 ? NONE : ""));
            row.add(
                    line == 0
                            ? String.valueOf(table.chains().stream()
                                    .filter(chain -> !chain.isBase())
                                    .count())
                            : "");
            matrix.row(row.toArray(String[]::new));
        }
    }

    private static List<String> cells(HostTable table, String hook) {
        return table.chains().stream()
                .filter(chain -> chain.hook().equals(hook))
                .map(TableMatrix::cell)
                .toList();
    }

    /** A chain is named where it is not called after its hook. */
    private static String cell(ChainRow chain) {
        String name = chain.name().equalsIgnoreCase(chain.hook()) ? "" : chain.name() + " ";
        String device = chain.device().isEmpty() ? "" : " " + chain.device();
        return name + chain.type() + " " + chain.priority() + " " + chain.policy() + device;
    }

    private static String name(HostTable table) {
        return table.family() + " " + table.name() + (table.dormant() ? " (dormant)" : "");
    }

    private static String owner(HostTable table) {
        return table.owner().isEmpty() ? NONE : table.owner();
    }

    /** Returns a line for each chain. */
    public static String chains(List<HostTable> tables) {
        Table list = new Table("TABLE", "CHAIN", "TYPE", "HOOK", "PRIORITY", "POLICY", "BACKEND", "OWNER");
        for (HostTable table : tables) {
            for (ChainRow chain : table.chains()) {
                boolean base = chain.isBase();
                list.row(
                        name(table),
                        chain.name(),
                        base ? chain.type() : NONE,
                        base ? (chain.hook() + " " + chain.device()).strip() : NONE,
                        base ? String.valueOf(chain.priority()) : NONE,
                        base ? chain.policy() : NONE,
                        table.backend(),
                        owner(table));
            }
        }
        return list.renderStripped();
    }
}
