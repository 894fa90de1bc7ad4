package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.engine.view.Backend;
import dev.bailey.engine.view.ChainHook;
import dev.bailey.engine.view.FirewallTable;
import dev.bailey.engine.view.NatChain;
import dev.bailey.engine.view.NatTable;
import dev.bailey.linux.LegacyTables.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A table of iptables-legacy or ip6tables-legacy, out of the bytes that the kernel keeps of it; pure. */
public final class LegacyListing {
    private static final List<String> HOOKS = List.of("prerouting", "input", "forward", "output", "postrouting");
    private static final int HOOKS_OFFSET = 32;
    private static final int ENTRY_OFFSET = 36;
    private static final int UNDERFLOW_OFFSET = 56;

    private final String name;
    private final boolean ipv6;
    private final Struct info;
    private final List<LegacyEntry> entries;

    private LegacyListing(String name, boolean ipv6, Content content) {
        this.name = name;
        this.ipv6 = ipv6;
        this.info = new Struct(content.info());
        this.entries = LegacyEntry.all(content.entries(), ipv6);
    }

    /** Reads a table. */
    public static LegacyListing of(String name, boolean ipv6, Content content) {
        return new LegacyListing(name, ipv6, content);
    }

    /** A chain that is being read: its rules without the one that is its policy or its end. */
    private record Part(String name, Optional<ChainHook> base, List<LegacyEntry> rules) {}

    /** Returns what the table hooks in and where. */
    public FirewallTable hooks() {
        List<FirewallTable.Chain> chains = parts().values().stream()
                .map(part -> new FirewallTable.Chain(part.name(), part.base()))
                .toList();
        return new FirewallTable(family(), name, Backend.IPTABLES_LEGACY, "iptables", false, chains);
    }

    /** Returns its chains with their rules; O(rules). */
    public NatTable table() {
        Map<Integer, Part> parts = parts();
        Map<Integer, Integer> references = new LinkedHashMap<>();
        entries.forEach(entry -> entry.jump().ifPresent(to -> references.merge(to, 1, Integer::sum)));
        List<NatChain> chains = new ArrayList<>();
        parts.forEach((offset, part) -> chains.add(new NatChain(
                part.name(),
                part.base(),
                references.getOrDefault(offset, 0),
                part.rules().stream()
                        .map(entry -> entry.row(entry.jump().map(parts::get).map(Part::name), ipv6))
                        .toList())));
        return new NatTable(family(), name, Backend.IPTABLES_LEGACY, chains);
    }

    private String family() {
        return ipv6 ? "ip6" : "ip";
    }

    /** The chains by the offset of their first rule, built-in ones first. */
    private Map<Integer, Part> parts() {
        Map<Integer, Part> parts = new LinkedHashMap<>();
        for (int hook = 0; hook < HOOKS.size(); hook++) {
            if ((info.s32(HOOKS_OFFSET) & 1 << hook) != 0) {
                int first = info.s32(ENTRY_OFFSET + Integer.BYTES * hook);
                int policy = info.s32(UNDERFLOW_OFFSET + Integer.BYTES * hook);
                parts.put(
                        first,
                        new Part(HOOKS.get(hook).toUpperCase(Locale.ROOT), base(hook, policy), between(first, policy)));
            }
        }
        for (int i = 0; i < entries.size(); i++) {
            Optional<String> chain = entries.get(i).chainName();
            if (chain.isPresent() && i + 1 < entries.size()) {
                int first = entries.get(i + 1).offset();
                parts.put(first, new Part(chain.get(), Optional.empty(), between(first, end(i + 1))));
            }
        }
        return parts;
    }

    /** The offset of the rule that ends a chain of somebody's own: the one before the next chain, or before the end. */
    private int end(int from) {
        int next = from;
        while (next + 1 < entries.size()
                && entries.get(next + 1).chainName().isEmpty()
                && !entries.get(next + 1).isEnd()) {
            next++;
        }
        return entries.get(next).offset();
    }

    private List<LegacyEntry> between(int first, int end) {
        return entries.stream()
                .filter(entry -> entry.offset() >= first && entry.offset() < end)
                .toList();
    }

    private Optional<ChainHook> base(int hook, int policy) {
        String word = entries.stream()
                .filter(entry -> entry.offset() == policy)
                .map(LegacyEntry::verdict)
                .findFirst()
                .orElse("accept");
        String type = name.equals("nat") ? "nat" : name.equals("mangle") && hook == 3 ? "route" : "filter";
        return Optional.of(new ChainHook(type, HOOKS.get(hook), priority(hook), word.toLowerCase(Locale.ROOT), ""));
    }

    /** {@code enum nf_ip_hook_priorities}, linux/netfilter_ipv4.h. */
    private int priority(int hook) {
        return switch (name) {
            case "raw" -> -300;
            case "mangle" -> -150;
            case "nat" -> hook == 0 || hook == 3 ? -100 : 100;
            case "security" -> 50;
            default -> 0;
        };
    }
}
