package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.engine.view.NatRule;
import dev.bailey.netlink.nftables.Counter;
import dev.bailey.netlink.nftables.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A rule of ip_tables or ip6_tables.
 *
 * <pre>{@code struct ipt_entry: struct ipt_ip (84) | CACHE u32 | TARGET_OFFSET u16 | NEXT_OFFSET u16 | CAME_FROM u32
 *   | PACKETS u64 | BYTES u64 | matches | target
 * struct ip6t_entry: struct ip6t_ip6 (136) | the same, the counters from 152 on}</pre>
 *
 * @param offset where it begins in the table
 * @param entry its bytes
 * @param layout where its parts are
 */
record LegacyEntry(int offset, Struct entry, Layout layout) {
    private static final int EXTENSION_BYTES = 32;
    private static final int NAME_OFFSET = 2;
    private static final int NAME_BYTES = 29;
    private static final int REVISION_OFFSET = 31;
    private static final String CHAIN = "ERROR";
    private static final int FLAG_GOTO = 2;

    /**
     * Where the parts of an entry are.
     *
     * @param addressBytes how long an address is
     * @param protocol offset of the protocol
     * @param flags offset of the flags
     * @param targetOffset offset of the target's offset
     * @param counters offset of the counters
     * @param matches offset of the first match
     */
    record Layout(int addressBytes, int protocol, int flags, int targetOffset, int counters, int matches) {
        static final Layout IPV4 = new Layout(4, 80, 82, 88, 96, 112);
        static final Layout IPV6 = new Layout(16, 128, 131, 140, 152, 168);
    }

    static List<LegacyEntry> all(byte[] table, boolean ipv6) {
        Layout layout = ipv6 ? Layout.IPV6 : Layout.IPV4;
        Struct whole = new Struct(table);
        List<LegacyEntry> entries = new ArrayList<>();
        for (int at = 0; whole.length() - at > layout.matches(); ) {
            int size = whole.from(at).u16(layout.targetOffset() + 2);
            if (size <= layout.matches() || size > whole.length() - at) {
                throw new IllegalArgumentException("entry at byte " + at + " of a legacy table says it has " + size
                        + " bytes where " + (whole.length() - at) + " are left");
            }
            entries.add(new LegacyEntry(at, new Struct(whole.bytes(at, size)), layout));
            at += size;
        }
        return entries;
    }

    private Struct target() {
        return entry.from(entry.u16(layout.targetOffset()));
    }

    private String targetName() {
        return target().text(NAME_OFFSET, NAME_BYTES);
    }

    /** The name of the chain that begins behind this entry; empty where none does. */
    Optional<String> chainName() {
        String chain = targetName().equals(CHAIN) ? target().text(EXTENSION_BYTES, 30) : "";
        return chain.isEmpty() || chain.equals(CHAIN) ? Optional.empty() : Optional.of(chain);
    }

    /** Whether it ends the table. */
    boolean isEnd() {
        return targetName().equals(CHAIN) && chainName().isEmpty();
    }

    /** The standard target holds a verdict: an offset to jump to, or a negative number. */
    private Optional<Integer> standard() {
        return targetName().isEmpty() ? Optional.of(target().s32(EXTENSION_BYTES)) : Optional.empty();
    }

    /** The offset of the rule that it jumps to; empty where it does not. What only goes on to the next rule does not jump. */
    Optional<Integer> jump() {
        return standard().filter(to -> to >= 0 && to != offset + entry.length());
    }

    /** The verdict's word; empty where it gives none. */
    String verdict() {
        return standard()
                .map(code -> switch (code) {
                    case -1 -> "DROP";
                    case -2 -> "ACCEPT";
                    case -4 -> "QUEUE";
                    case -5 -> "RETURN";
                    default -> "";
                })
                .orElse("");
    }

    /** The rule's row. */
    NatRule row(Optional<String> chain, boolean ipv6) {
        Draft draft = new Draft(ipv6 ? Family.IP6 : Family.IP);
        int inverted = entry.u8(layout.flags() + 1);
        int bytes = layout.addressBytes();
        draft.source = address(0, 2 * bytes, (inverted & 8) != 0, draft.source);
        draft.destination = address(bytes, 3 * bytes, (inverted & 16) != 0, draft.destination);
        draft.in = link(4 * bytes, (inverted & 1) != 0);
        draft.out = link(4 * bytes + 16, (inverted & 2) != 0);
        draft.protocol = Words.not((inverted & 64) != 0, Words.protocol(entry.u16(layout.protocol())));
        draft.count(new Counter(entry.u64(layout.counters()), entry.u64(layout.counters() + Long.BYTES)));
        matches().forEach(draft::condition);
        target(draft, chain);
        return draft.row();
    }

    private void target(Draft draft, Optional<String> chain) {
        if (chain.isPresent()) {
            draft.send(chain.get(), (entry.u8(layout.flags()) & FLAG_GOTO) != 0);
        } else if (standard().isPresent()) {
            draft.decide(verdict());
        } else {
            Struct target = target();
            byte[] info = target.bytes(EXTENSION_BYTES, Math.max(0, target.u16(0) - EXTENSION_BYTES));
            Extensions.target(targetName(), target.u8(REVISION_OFFSET), info, draft);
        }
    }

    private List<String> matches() {
        List<String> texts = new ArrayList<>();
        int end = entry.u16(layout.targetOffset());
        for (int at = layout.matches(); at < end; ) {
            Struct match = entry.from(at);
            int size = Math.max(EXTENSION_BYTES, match.u16(0));
            byte[] info = match.bytes(EXTENSION_BYTES, size - EXTENSION_BYTES);
            texts.add(XtMatches.text(match.text(NAME_OFFSET, NAME_BYTES), match.u8(REVISION_OFFSET), info));
            at += size;
        }
        return texts;
    }

    private String address(int at, int mask, boolean negated, String anywhere) {
        byte[] kept = entry.bytes(mask, layout.addressBytes());
        return Addresses.prefixLength(kept) == 0
                ? anywhere
                : Words.not(negated, Addresses.text(entry.bytes(at, layout.addressBytes()), kept));
    }

    /** The mask tells how much of the name counts: with its NUL all of it. */
    private String link(int at, boolean negated) {
        byte[] mask = entry.bytes(at + 32, 16);
        int length = 0;
        while (length < mask.length && mask[length] != 0) {
            length++;
        }
        if (length == 0) {
            return Draft.ANY_LINK;
        }
        byte[] name = Arrays.copyOf(entry.bytes(at, 16), length);
        String text = new Struct(name).text(0, length);
        return Words.not(negated, text.length() < length ? text : text + "+");
    }
}
