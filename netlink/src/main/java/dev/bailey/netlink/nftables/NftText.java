package dev.bailey.netlink.nftables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes tables and their content in nft's syntax, in the layout of {@code nft list table}.
 *
 * <p>The order is the one given; elements are one a line. Expressions that Bailey does not know appear as
 * {@code <name>}.
 */
public final class NftText {
    private static final String ELEMENTS = "\t\telements = { ";
    private static final String NEXT_ELEMENT = ",\n\t\t\t     ";

    private static final Map<String, Integer> PRIORITIES = Map.of(
            "raw", Hook.PRIORITY_RAW,
            "mangle", Hook.PRIORITY_MANGLE,
            "filter", Hook.PRIORITY_FILTER,
            "security", Hook.PRIORITY_SECURITY);

    /** How far a priority may be from a named one to be written as such. */
    private static final int PRIORITY_REACH = 10;

    private NftText() {}

    /** A table with everything in it. */
    public static String of(TableContent content) {
        StringBuilder text = new StringBuilder();
        Table table = content.table().table();
        text.append("table ").append(table.id()).append(" {\n");
        String flags = ValueText.flags(table.flags().stream().sorted().map(TableFlag::keyword));
        if (!flags.isEmpty()) {
            text.append("\tflags ").append(flags).append('\n');
        }
        table.comment()
                .ifPresent(c ->
                        text.append("\tcomment ").append(ValueText.quote(c)).append('\n'));
        Map<String, String> anonymous = anonymous(content.sets());
        String body = Stream.concat(
                        content.sets().stream()
                                .filter(s ->
                                        !anonymous.containsKey(s.definition().name()))
                                .map(NftText::of),
                        content.chains().stream().map(chain -> of(chain, content.rules(), anonymous)))
                .collect(Collectors.joining("\n"));
        return text.append(body).append("}\n").toString();
    }

    /** A set or map with its elements. */
    public static String of(SetContent content) {
        SetOrMap set = content.definition();
        StringBuilder text = new StringBuilder();
        text.append('\t').append(set.keyword()).append(' ').append(set.name()).append(" {\n");
        text.append("\t\ttype ").append(set.key());
        set.mapData().ifPresent(data -> text.append(" : ").append(of(data)));
        text.append('\n');
        String flags = ValueText.flags(set.flags().stream().sorted().map(SetFlag::keyword));
        if (!flags.isEmpty()) {
            text.append("\t\tflags ").append(flags).append('\n');
        }
        set.comment()
                .ifPresent(c ->
                        text.append("\t\tcomment ").append(ValueText.quote(c)).append('\n'));
        if (!content.elements().isEmpty()) {
            text.append(ELEMENTS).append(elements(content, NEXT_ELEMENT)).append(" }\n");
        }
        return text.append("\t}\n").toString();
    }

    /** A rule, in one line without indentation. */
    public static String of(Rule rule) {
        return RuleText.of(rule, name -> "@" + name);
    }

    /** An element of a set or map, with its data. */
    public static String of(SetOrMap set, Element element) {
        return ValueText.of(set, element);
    }

    /** A table's flags in one line. */
    static String body(Table table) {
        String flags = ValueText.flags(table.flags().stream().sorted().map(TableFlag::keyword));
        return flags.isEmpty() ? "" : "{ flags " + flags + "; }";
    }

    /** A set's or map's type and flags in one line. */
    static String body(SetOrMap set) {
        String data = set.mapData().map(d -> " : " + of(d)).orElse("");
        String flags = ValueText.flags(set.flags().stream().sorted().map(SetFlag::keyword));
        return "{ type " + set.key() + data + ";" + (flags.isEmpty() ? "" : " flags " + flags + ";") + " }";
    }

    /** A chain without its rules, as it follows its name. */
    static String head(Hook hook) {
        String device = hook.device().map(d -> " device " + ValueText.quote(d)).orElse("");
        return "type " + hook.type().keyword() + " hook " + hook.point().keyword() + device + " priority "
                + priority(hook) + "; policy " + hook.policy().keyword() + ";";
    }

    private static String of(Chain chain, List<InstalledRule> rules, Map<String, String> anonymous) {
        StringBuilder text = new StringBuilder("\tchain " + chain.name() + " {\n");
        chain.comment()
                .ifPresent(c ->
                        text.append("\t\tcomment ").append(ValueText.quote(c)).append('\n'));
        chain.hook().ifPresent(hook -> text.append("\t\t").append(head(hook)).append('\n'));
        UnaryOperator<String> reference = name -> anonymous.getOrDefault(name, "@" + name);
        rules.stream()
                .map(InstalledRule::rule)
                .filter(rule -> rule.chain().equals(chain.name()))
                .forEach(rule ->
                        text.append("\t\t").append(RuleText.of(rule, reference)).append('\n'));
        return text.append("\t}\n").toString();
    }

    static String of(MapData data) {
        return switch (data) {
            case MapData.Verdicts verdicts -> "verdict";
            case MapData.Values values -> values.type().toString();
            case MapData.Objects objects -> "object " + objects.kind();
        };
    }

    /** The texts of the sets that have no name of their own, which nft writes into the rule. */
    private static Map<String, String> anonymous(List<SetContent> sets) {
        Map<String, String> texts = new HashMap<>();
        for (SetContent set : sets) {
            if (set.definition().flags().contains(SetFlag.ANONYMOUS)) {
                texts.put(set.definition().name(), "{ " + elements(set, ", ") + " }");
            }
        }
        return texts;
    }

    private static String elements(SetContent content, String separator) {
        return content.elements().stream()
                .map(element -> of(content.definition(), element))
                .collect(Collectors.joining(separator));
    }

    private static String priority(Hook hook) {
        if (hook.point() == HookPoint.PREROUTING) {
            Optional<String> text = near("dstnat", Hook.PRIORITY_DNAT, hook.priority());
            if (text.isPresent()) {
                return text.get();
            }
        }
        if (hook.point() == HookPoint.POSTROUTING) {
            Optional<String> text = near("srcnat", Hook.PRIORITY_SNAT, hook.priority());
            if (text.isPresent()) {
                return text.get();
            }
        }
        return PRIORITIES.entrySet().stream()
                .flatMap(named -> near(named.getKey(), named.getValue(), hook.priority()).stream())
                .findFirst()
                .orElse(Integer.toString(hook.priority()));
    }

    private static Optional<String> near(String name, int named, int priority) {
        int offset = priority - named;
        if (offset == 0) {
            return Optional.of(name);
        }
        String sign = offset < 0 ? " - " : " + ";
        return Math.abs(offset) <= PRIORITY_REACH ? Optional.of(name + sign + Math.abs(offset)) : Optional.empty();
    }
}
