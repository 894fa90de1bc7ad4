package dev.bailey.engine.firewall;

import dev.bailey.engine.firewall.RuleSet.BaseChain;
import dev.bailey.engine.firewall.RuleSet.Chain;
import dev.bailey.engine.firewall.RuleSet.Hook;
import dev.bailey.engine.firewall.RuleSet.Ownership;
import dev.bailey.engine.firewall.RuleSet.Priority;
import dev.bailey.engine.firewall.RuleSet.Rule;
import dev.bailey.engine.firewall.RuleSet.Table;
import dev.bailey.engine.firewall.RuleSet.VerdictMap;
import dev.bailey.engine.model.PublishedPorts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** A rule set in the syntax of nft, for people to read; {@code nft -f} takes it. */
public final class NftText {
    private NftText() {}

    /** The text of a rule set without any published port, with a line feed at the end of each line. */
    public static String of(RuleSet ruleSet) {
        return of(ruleSet, PublishedPorts.NONE);
    }

    /** The text of a rule set with these published ports, with a line feed at the end of each line. */
    public static String of(RuleSet ruleSet, PublishedPorts ports) {
        Map<PortMap, List<PortElement>> elements =
                PortElements.of(ports.all()).stream().collect(Collectors.groupingBy(PortElement::map));
        return ruleSet.tables().values().stream()
                .map(table -> of(table, elements))
                .collect(Collectors.joining("\n"));
    }

    private static String of(Table table, Map<PortMap, List<PortElement>> elements) {
        StringBuilder text = new StringBuilder();
        text.append("table ").append(lower(table.id().family())).append(' ');
        text.append(table.id().name())
                .append(" { # ")
                .append(note(table.ownership()))
                .append('\n');
        StringJoiner parts = new StringJoiner("\n");
        table.maps().values().forEach(map -> parts.add(of(map)));
        table.portMaps()
                .forEach(map ->
                        parts.add(map(map.toString(), map.types() + "\n", elements.getOrDefault(map, List.of()))));
        table.chains().values().forEach(chain -> parts.add(of(chain)));
        return text.append(parts).append("}\n").toString();
    }

    private static String note(Ownership ownership) {
        return switch (ownership) {
            case ENGINE -> "owned";
            case OPERATOR -> "the operator's own: made where missing, never touched";
        };
    }

    private static String of(VerdictMap map) {
        String type = switch (map.keyType()) {
            case INTERFACE -> "type ifname : verdict\n";
            case SUBNET -> "type ipv4_addr : verdict\n\t\tflags interval\n";
            case IPV6_SUBNET -> "type ipv6_addr : verdict\n\t\tflags interval\n";
        };
        return map(
                map.name(),
                type,
                map.elements().entrySet().stream()
                        .map(element -> element.getKey() + " : " + element.getValue())
                        .toList());
    }

    private static String map(String name, String type, List<?> elements) {
        String text = elements.stream().map(Object::toString).collect(Collectors.joining(",\n\t\t\t     "));
        return "\tmap " + name + " {\n\t\t" + type + (text.isEmpty() ? "" : "\t\telements = { " + text + " }\n")
                + "\t}\n";
    }

    private static String of(Chain chain) {
        return "\tchain " + chain.name() + " {\n"
                + chain.base().map(NftText::of).orElse("")
                + chain.rules().stream().map(rule -> "\t\t" + of(rule) + "\n").collect(Collectors.joining())
                + "\t}\n";
    }

    private static String of(BaseChain base) {
        return "\t\ttype " + lower(base.type()) + " hook " + lower(base.hook()) + " priority " + priority(base)
                + "; policy accept;\n";
    }

    /** The priority by its distance from the next of the kernel's own, as far as nft takes its name at the hook. */
    private static String priority(BaseChain base) {
        int priority = base.priority();
        int distance = Math.floorMod(priority + 50, 100) - 50;
        String name = switch (priority - distance) {
            case Priority.RAW -> "raw";
            case Priority.DSTNAT -> base.hook() == Hook.PREROUTING ? "dstnat" : "";
            case Priority.FILTER -> "filter";
            case Priority.SRCNAT -> "srcnat";
            default -> "";
        };
        if (name.isEmpty()) {
            return Integer.toString(priority);
        }
        return distance == 0 ? name : name + (distance < 0 ? " - " : " + ") + Math.abs(distance);
    }

    /** One rule, as it stands in a chain. */
    public static String of(Rule rule) {
        StringJoiner words = new StringJoiner(" ");
        rule.matches().forEach(match -> words.add(match.toString()));
        if (rule.counted()) {
            words.add("counter");
        }
        words.add(rule.action().toString());
        if (!rule.comment().isEmpty()) {
            words.add("comment \"" + rule.comment() + "\"");
        }
        return words.toString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
