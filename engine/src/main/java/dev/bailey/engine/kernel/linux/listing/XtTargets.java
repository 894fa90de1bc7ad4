package dev.bailey.engine.kernel.linux.listing;

import java.util.List;

/** What targets of xtables do, as {@code iptables -nL} writes it; nothing for one that Bailey does not know. */
final class XtTargets {
    private static final int ADDRESSES = 1;
    private static final int PORTS = 2;
    private static final int RANDOM = 4;
    private static final int PERSISTENT = 8;
    private static final int FULLY_RANDOM = 16;
    private static final int FIRST_RANGE = 4;
    private static final List<String> REJECTIONS = List.of(
            "icmp-net-unreachable",
            "icmp-host-unreachable",
            "icmp-proto-unreachable",
            "icmp-port-unreachable",
            "echo-reply",
            "icmp-net-prohibited",
            "icmp-host-prohibited",
            "tcp-reset",
            "icmp-admin-prohibited");

    private XtTargets() {}

    static String text(String name, int revision, byte[] info, boolean ipv6) {
        Struct struct = new Struct(info);
        try {
            return switch (name) {
                case "DNAT", "SNAT" -> range(name, revision, struct, ipv6).to();
                case "MASQUERADE" -> range(name, revision, struct, ipv6).ports("masq ports: ");
                case "REDIRECT" -> range(name, revision, struct, ipv6).ports("redir ports ");
                case "MARK" -> revision == 2 ? mark(struct) : "";
                case "REJECT" -> ipv6 ? "" : "reject-with " + rejection(struct.s32(0));
                case "LOG" -> log(struct);
                default -> "";
            };
        } catch (IndexOutOfBoundsException tooShort) {
            return "";
        }
    }

    private static String rejection(int number) {
        return number >= 0 && number < REJECTIONS.size() ? REJECTIONS.get(number) : String.valueOf(number);
    }

    /** Addresses and ports, the first and the last ones, and what is done with them. */
    private record Range(int flags, byte[] first, byte[] last, int firstPort, int lastPort) {
        String to() {
            String addresses = (flags & ADDRESSES) == 0 ? "" : between(Addresses.text(first), Addresses.text(last));
            boolean bracketed = first.length == 16 && (flags & PORTS) != 0;
            String ports = (flags & PORTS) == 0 ? "" : ":" + between(port(firstPort), port(lastPort));
            return "to:" + (bracketed ? "[" + addresses + "]" : addresses) + ports + extras();
        }

        String ports(String before) {
            String ports = (flags & PORTS) == 0 ? "" : before + between(port(firstPort), port(lastPort));
            return (ports + extras()).strip();
        }

        private static String port(int number) {
            return String.valueOf(number);
        }

        private static String between(String first, String last) {
            return first.equals(last) ? first : first + "-" + last;
        }

        private String extras() {
            return ((flags & RANDOM) == 0 ? "" : " random")
                    + ((flags & FULLY_RANDOM) == 0 ? "" : " random-fully")
                    + ((flags & PERSISTENT) == 0 ? "" : " persistent");
        }
    }

    /**
     * {@code struct nf_nat_ipv4_multi_range_compat}: COUNT u32 | { FLAGS u32 | two addresses of 4 bytes | two ports be16 }; or
     * {@code struct nf_nat_range}, of IPv6 and of newer revisions: FLAGS u32 | two addresses of 16 bytes | two ports be16.
     */
    private static Range range(String name, int revision, Struct info, boolean ipv6) {
        boolean wide = ipv6 || revision >= (name.equals("DNAT") ? 2 : 1);
        Struct range = wide ? info : info.from(FIRST_RANGE);
        int step = wide ? 16 : 4;
        int bytes = ipv6 ? 16 : 4;
        int ports = 4 + 2 * step;
        return new Range(
                range.s32(0),
                range.bytes(4, bytes),
                range.bytes(4 + step, bytes),
                range.be16(ports),
                range.be16(ports + 2));
    }

    /** {@code struct xt_mark_tginfo2}: MARK u32 | MASK u32. */
    private static String mark(Struct info) {
        int mark = info.s32(0);
        int mask = info.s32(4);
        if (mask == -1) {
            return "MARK set " + Words.marked(mark, -1);
        }
        return mark == mask ? "MARK or " + Words.marked(mark, -1) : "MARK xset " + Words.marked(mark, mask);
    }

    /** {@code struct xt_log_info}: LEVEL u8 | FLAGS u8 | PREFIX char × 30. */
    private static String log(Struct info) {
        String prefix = info.text(2, 30);
        String text = "LOG flags " + info.u8(1) + " level " + info.u8(0);
        return prefix.isEmpty() ? text : text + " prefix \"" + prefix + "\"";
    }
}
