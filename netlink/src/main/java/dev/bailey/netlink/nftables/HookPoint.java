package dev.bailey.netlink.nftables;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A point of a packet's way through the kernel ({@code enum nf_inet_hooks}, {@code nf_dev_hooks}, linux/netfilter.h).
 */
public enum HookPoint {
    /** Arrived, not yet routed. */
    PREROUTING(0),
    /** Routed to this host. */
    INPUT(1),
    /** Routed to another host. */
    FORWARD(2),
    /** Made by this host, routed. */
    OUTPUT(3),
    /** About to leave. */
    POSTROUTING(4),
    /** Just taken from a device; families netdev and inet only. */
    INGRESS(5),
    /** About to be given to a device; family netdev only. */
    EGRESS(6);

    private final int inetNumber;

    HookPoint(int inetNumber) {
        this.inetNumber = inetNumber;
    }

    /** nft's word for it. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kernel numbers the hooks per family. */
    int number(Family family) {
        return switch (family) {
            case INET, IP, IP6, BRIDGE -> inetNumber;
            case NETDEV -> this == EGRESS ? 1 : 0;
            case ARP -> this == FORWARD ? 2 : this == OUTPUT ? 1 : 0;
        };
    }

    boolean existsIn(Family family) {
        return switch (family) {
            case INET -> this != EGRESS;
            case IP, IP6, BRIDGE -> this != INGRESS && this != EGRESS;
            case NETDEV -> this == INGRESS || this == EGRESS;
            case ARP -> this == INPUT || this == OUTPUT || this == FORWARD;
        };
    }

    static Optional<HookPoint> ofNumber(Family family, int number) {
        return Arrays.stream(values())
                .filter(h -> h.existsIn(family) && h.number(family) == number)
                .findFirst();
    }
}
