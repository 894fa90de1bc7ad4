package dev.bailey.cli.output;

import dev.bailey.api.view.ChainRow;
import dev.bailey.api.view.HostNatChain;
import dev.bailey.api.view.HostNatTable;
import dev.bailey.api.view.NatRow;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rules that translate addresses, as {@code iptables -t nat -nvxL} shows them: the same lines and columns, wider where a name
 * is longer, a dash where nobody counts.
 */
public final class NatText {
    private static final String HEADING =
            " pkts bytes target     prot opt in     out     source               destination\n";

    private NatText() {}

    /** Returns the lines. */
    public static String of(List<HostNatTable> tables) {
        StringBuilder text = new StringBuilder();
        for (HostNatTable table : tables) {
            text.append(text.isEmpty() ? "" : "\n");
            text.append(Table.harmless("Table " + table.family() + " " + table.name() + " (" + table.backend() + ")"));
            text.append('\n');
            for (int i = 0; i < table.chains().size(); i++) {
                text.append(i == 0 ? "" : "\n");
                chain(text, table.chains().get(i));
            }
        }
        return text.toString();
    }

    private static void chain(StringBuilder text, HostNatChain chain) {
        text.append("Chain ").append(Table.harmless(head(chain))).append('\n');
        text.append(HEADING);
        chain.rules().forEach(rule -> text.append(Table.harmless(line(rule))).append('\n'));
    }

    /** A base chain that is called after its hook is written as iptables' own ones are. */
    private static String head(HostNatChain listed) {
        ChainRow chain = listed.chain();
        if (!chain.isBase()) {
            return chain.name() + " (" + listed.references() + " references)";
        }
        boolean usual = chain.name().equalsIgnoreCase(chain.hook());
        String name = usual ? chain.name().toUpperCase(Locale.ROOT) : chain.name();
        String hook = usual ? "" : "hook " + chain.hook() + ", ";
        return name + " (" + hook + "policy " + chain.policy().toUpperCase(Locale.ROOT) + ")";
    }

    private static String line(NatRow rule) {
        String counts = right(count(rule.packets()), 5) + " " + right(count(rule.bytes()), 5);
        String packet = left(rule.target(), 10) + " " + left(rule.protocol(), 4) + " --  ";
        String links = left(rule.in(), 6) + " " + left(rule.out(), 6);
        String addresses = left(rule.source(), 20) + " " + left(rule.destination(), 20);
        return (counts + " " + packet + links + "  " + addresses + " " + rule.details()).stripTrailing();
    }

    private static String count(@Nullable Long counted) {
        return counted == null ? "-" : counted.toString();
    }

    private static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
