package dev.bailey.engine.ipam;

import dev.bailey.engine.model.Ipv6Subnet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The choice of a network's IPv6 subnet: the first one of the pools that shares no address with what the host uses. */
public final class Ipv6SubnetChoice {
    private Ipv6SubnetChoice() {}

    /**
     * The first free subnet, looking through the pools in their order. Costs O(r log r) for r used ranges, however many
     * subnets the pools have.
     *
     * @param pools where to look
     * @param used what the host uses; ranges that do not {@linkplain UsedIpv6Range#blocks block} are passed over
     * @throws IpamException EXHAUSTED when there is none
     */
    public static Ipv6Subnet firstFree(List<Ipv6Pool> pools, Collection<UsedIpv6Range> used) {
        List<Ipv6Subnet> blocked = used.stream()
                .filter(UsedIpv6Range::blocks)
                .map(UsedIpv6Range::subnet)
                .sorted()
                .toList();
        return pools.stream()
                .flatMap(pool -> firstFree(pool, blocked).stream())
                .findFirst()
                .orElseThrow(() -> new IpamException(
                        IpamException.Reason.EXHAUSTED,
                        "no free IPv6 subnet in the address pools "
                                + pools.stream()
                                        .map(pool -> pool.base() + " (in /" + pool.size() + ")")
                                        .collect(Collectors.joining(", "))
                                + ": name a subnet, or a range that the host does not use with --default-address-pool"
                                + " base=PREFIX,size=LENGTH"));
    }

    /** Walks the blocked ranges by their first address and moves the candidate behind each that it overlaps. */
    private static Optional<Ipv6Subnet> firstFree(Ipv6Pool pool, List<Ipv6Subnet> blocked) {
        Optional<Ipv6Subnet> candidate =
                Optional.of(Ipv6Subnet.containing(pool.base().base(), pool.size()));
        for (Ipv6Subnet range : blocked) {
            if (candidate
                    .filter(each -> range.base().compareTo(each.last()) <= 0)
                    .isEmpty()) {
                break;
            }
            if (range.last().compareTo(candidate.get().base()) >= 0) {
                candidate = Ipv6Subnet.containing(range.last(), pool.size()).next();
            }
        }
        return candidate.filter(pool.base()::contains);
    }

    /**
     * A used range that a subnet chosen by the operator would collide with: a network's rather than the route to it.
     *
     * @param subnet the operator's choice
     * @param used what the host uses
     */
    public static Optional<UsedIpv6Range> collision(Ipv6Subnet subnet, Collection<UsedIpv6Range> used) {
        return used.stream()
                .filter(UsedIpv6Range::blocks)
                .filter(range -> range.subnet().overlaps(subnet))
                .min(Comparator.comparing((UsedIpv6Range range) -> range.reason() != UsedRange.Reason.NETWORK)
                        .thenComparing(UsedIpv6Range::subnet));
    }
}
