package dev.bailey.netlink.nftables;

import java.util.Arrays;
import java.util.Optional;

/** The packets a table sees ({@code NFPROTO_*}, linux/netfilter.h). */
public enum Family {
    /** IPv4 and IPv6. */
    INET(1, "inet"),
    /** IPv4. */
    IP(2, "ip"),
    /** ARP. */
    ARP(3, "arp"),
    /** Everything at a device's ingress or egress. */
    NETDEV(5, "netdev"),
    /** Frames that cross a bridge. */
    BRIDGE(7, "bridge"),
    /** IPv6. */
    IP6(10, "ip6");

    private final int number;
    private final String keyword;

    Family(int number, String keyword) {
        this.number = number;
        this.keyword = keyword;
    }

    int number() {
        return number;
    }

    /** nft's word for it. */
    public String keyword() {
        return keyword;
    }

    static Optional<Family> ofNumber(int number) {
        return Arrays.stream(values()).filter(f -> f.number == number).findFirst();
    }
}
