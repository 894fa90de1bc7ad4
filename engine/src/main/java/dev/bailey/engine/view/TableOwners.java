package dev.bailey.engine.view;

import dev.bailey.engine.firewall.FirewallRules;
import java.util.Comparator;
import java.util.List;

/** Whose tables are whose, as far as names tell; pure. */
public final class TableOwners {
    /** The engine itself. */
    public static final String BAILEY = "bailey";
    /** The person who writes rules into the table made for them. */
    public static final String OPERATOR = "operator";

    private TableOwners() {}

    /** Returns the tables with the engine's and the operator's named, in this order before all others. */
    public static List<FirewallTable> named(List<FirewallTable> tables) {
        return tables.stream()
                .map(TableOwners::named)
                .sorted(Comparator.comparingInt((FirewallTable table) -> rank(table.name(), table.backend()))
                        .thenComparing(FirewallTable::backend)
                        .thenComparing(FirewallTable::family)
                        .thenComparing(FirewallTable::name))
                .toList();
    }

    /** Returns the tables with the engine's and the operator's before all others. */
    public static List<NatTable> ordered(List<NatTable> tables) {
        return tables.stream()
                .sorted(Comparator.comparingInt((NatTable table) -> rank(table.name(), table.backend()))
                        .thenComparing(NatTable::backend)
                        .thenComparing(NatTable::family)
                        .thenComparing(NatTable::name))
                .toList();
    }

    private static FirewallTable named(FirewallTable table) {
        String owner = switch (rank(table.name(), table.backend())) {
            case 0 -> BAILEY;
            case 1 -> OPERATOR;
            default -> table.owner();
        };
        return new FirewallTable(table.family(), table.name(), table.backend(), owner, table.dormant(), table.chains());
    }

    /** The engine's tables of all families have one name. */
    private static int rank(String name, Backend backend) {
        if (backend != Backend.NFTABLES) {
            return 2;
        }
        return name.equals(FirewallRules.TABLE.name()) ? 0 : name.equals(FirewallRules.OPERATOR_TABLE.name()) ? 1 : 2;
    }
}
