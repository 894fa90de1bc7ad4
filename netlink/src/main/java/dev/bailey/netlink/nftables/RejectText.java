package dev.bailey.netlink.nftables;

/** Writes how the sender of a rejected packet is told. */
final class RejectText {
    private RejectText() {}

    static String of(Reject reject, boolean ipv6) {
        return switch (reject.kind()) {
            case TCP_RESET -> "reject with tcp reset";
            case ICMPX ->
                reject.code() == Reject.ICMPX_PORT_UNREACHABLE ? "reject" : "reject with icmpx " + icmpx(reject.code());
            case ICMP ->
                ipv6 ? "reject with icmpv6 " + icmpv6(reject.code()) : "reject with icmp " + icmp(reject.code());
        };
    }

    private static String icmpx(int code) {
        return switch (code) {
            case Reject.ICMPX_NO_ROUTE -> "no-route";
            case Reject.ICMPX_HOST_UNREACHABLE -> "host-unreachable";
            case Reject.ICMPX_ADMIN_PROHIBITED -> "admin-prohibited";
            default -> Integer.toString(code);
        };
    }

    private static String icmp(int code) {
        return switch (code) {
            case 0 -> "net-unreachable";
            case 1 -> "host-unreachable";
            case 2 -> "prot-unreachable";
            case 3 -> "port-unreachable";
            case 9 -> "net-prohibited";
            case 10 -> "host-prohibited";
            case 13 -> "admin-prohibited";
            default -> Integer.toString(code);
        };
    }

    private static String icmpv6(int code) {
        return switch (code) {
            case 0 -> "no-route";
            case 1 -> "admin-prohibited";
            case 3 -> "addr-unreachable";
            case 4 -> "port-unreachable";
            case 5 -> "policy-fail";
            case 6 -> "reject-route";
            default -> Integer.toString(code);
        };
    }
}
