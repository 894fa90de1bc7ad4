package dev.bailey.engine.kernel.linux.listing;

import java.util.ArrayList;
import java.util.List;

/** Matches of xtables as {@code iptables -nL} writes them; one that Bailey does not know is {@code <match name>}. */
final class XtMatches {
    private static final int INVERT_SOURCE = 1;
    private static final int INVERT_DESTINATION = 2;
    private static final int ALL_PORTS = 0xffff;
    private static final List<String> STATES =
            List.of("INVALID", "NEW", "RELATED", "ESTABLISHED", "UNTRACKED", "SNAT", "DNAT");
    private static final List<Integer> STATE_BITS = List.of(1, 8, 4, 2, 256, 64, 128);

    private XtMatches() {}

    static String text(String name, int revision, byte[] info) {
        Struct struct = new Struct(info);
        try {
            return switch (name + " " + revision) {
                case "addrtype 1" -> addressType(struct);
                case "comment 0" -> "/* " + struct.text(0, 256) + " */";
                case "conntrack 1", "conntrack 2", "conntrack 3" -> conntrack(name, revision, struct);
                case "mark 1" -> mark(struct);
                case "multiport 1" -> multiport(struct);
                case "state 0" -> "state " + states(struct.s32(0));
                case "tcp 0" -> tcp(struct);
                case "udp 0" -> ports("udp", struct, struct.u8(8));
                default -> unknown(name);
            };
        } catch (IndexOutOfBoundsException tooShort) {
            return unknown(name);
        }
    }

    private static String unknown(String name) {
        return "<match " + name + ">";
    }

    /** {@code struct xt_addrtype_info_v1}: SOURCE u16 | DEST u16 | FLAGS u32. */
    private static String addressType(Struct info) {
        List<String> parts = new ArrayList<>(List.of("ADDRTYPE match"));
        int flags = info.s32(4);
        if (info.u16(0) != 0) {
            parts.add("src-type " + Words.not((flags & INVERT_SOURCE) != 0, Words.addressTypes(info.u16(0))));
        }
        if (info.u16(2) != 0) {
            parts.add("dst-type " + Words.not((flags & INVERT_DESTINATION) != 0, Words.addressTypes(info.u16(2))));
        }
        if ((flags & 4) != 0) {
            parts.add("limit-in");
        }
        if ((flags & 8) != 0) {
            parts.add("limit-out");
        }
        return String.join(" ", parts);
    }

    /**
     * {@code struct xt_conntrack_mtinfo3}: eight addresses and masks of 16 bytes, then from 128 on EXPIRES 2 × u32 | L4PROTO
     * u16 | four ports be16 | MATCH_FLAGS u16 | INVERT_FLAGS u16 | STATE_MASK u16 | STATUS_MASK u16. Only the state is
     * put into words.
     */
    private static String conntrack(String name, int revision, Struct info) {
        int state = 1;
        int flags = info.u16(146);
        boolean narrow = revision == 1;
        if (flags != state) {
            return unknown(name);
        }
        boolean negated = (info.u16(148) & state) != 0;
        return Words.not(negated, "ctstate") + " " + states(narrow ? info.u8(150) : info.u16(150));
    }

    private static String states(int bits) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < STATES.size(); i++) {
            if ((bits & STATE_BITS.get(i)) != 0) {
                words.add(STATES.get(i));
            }
        }
        return String.join(",", words);
    }

    /** {@code struct xt_mark_mtinfo1}: MARK u32 | MASK u32 | INVERT u8. */
    private static String mark(Struct info) {
        return "mark match " + Words.not(info.u8(8) != 0, Words.marked(info.s32(0), info.s32(4)));
    }

    /** {@code struct xt_multiport_v1}: FLAGS u8 | COUNT u8 | PORTS u16 × 15 | RANGES u8 × 15 | INVERT u8. */
    private static String multiport(Struct info) {
        String which = switch (info.u8(0)) {
            case 0 -> "sports";
            case 1 -> "dports";
            default -> "ports";
        };
        StringBuilder ports = new StringBuilder();
        for (int i = 0; i < info.u8(1); i++) {
            boolean second = i > 0 && info.u8(32 + i - 1) != 0;
            ports.append(i == 0 ? "" : second ? ":" : ",").append(info.u16(2 + 2 * i));
        }
        return "multiport " + which + " " + Words.not(info.u8(47) != 0, "") + ports;
    }

    /** {@code struct xt_tcp}: SOURCE u16 × 2 | DESTINATION u16 × 2 | OPTION u8 | FLAGS_MASK u8 | FLAGS u8 | INVERT u8. */
    private static String tcp(Struct info) {
        int inverted = info.u8(11);
        String ports = ports("tcp", info, inverted);
        boolean flags = (info.u8(9) | info.u8(10)) != 0;
        String asked = "0x%02X/0x%02X".formatted(info.u8(9), info.u8(10));
        return flags ? ports + " flags:" + Words.not((inverted & 8) != 0, asked) : ports;
    }

    private static String ports(String protocol, Struct info, int inverted) {
        List<String> parts = new ArrayList<>(List.of(protocol));
        for (int i = 0; i < 2; i++) {
            int first = info.u16(4 * i);
            int last = info.u16(4 * i + 2);
            boolean negated = (inverted & 1 << i) != 0;
            if (first != 0 || last != ALL_PORTS || negated) {
                parts.add(Words.ports("all", i == 0 ? "s" : "d", negated, first, last));
            }
        }
        return String.join(" ", parts);
    }
}
