package dev.bailey.engine.ipam;

import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Subnet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The choice of a network's subnet: the first one of the pools that shares no address with what the host uses. */
public final class SubnetChoice {
    private static final int MAX_NAMED = 8;

    private SubnetChoice() {}

    /**
     * The first free subnet, looking through the pools in their order. Costs O(r log r) for r used ranges, however many
     * subnets the pools have.
     *
     * @param pools where to look
     * @param used what the host uses; ranges that do not {@linkplain UsedRange#blocks block} are passed over
     * @throws IpamException EXHAUSTED when there is none, naming the ranges in the way
     */
    public static Subnet firstFree(List<AddressPool> pools, Collection<UsedRange> used) {
        List<Subnet> blocked = used.stream()
                .filter(UsedRange::blocks)
                .map(UsedRange::subnet)
                .sorted()
                .toList();
        for (AddressPool pool : pools) {
            OptionalLong start = firstFree(pool, blocked);
            if (start.isPresent()) {
                return new Subnet(Ipv4Address.of(start.getAsLong()), pool.size());
            }
        }
        throw new IpamException(IpamException.Reason.EXHAUSTED, explain(pools, used));
    }

    /**
     * A used range that a subnet chosen by the operator would collide with: a network's rather than the route to it.
     *
     * @param subnet the operator's choice
     * @param used what the host uses
     */
    public static Optional<UsedRange> collision(Subnet subnet, Collection<UsedRange> used) {
        return used.stream()
                .filter(UsedRange::blocks)
                .filter(range -> range.subnet().overlaps(subnet))
                .min(Comparator.comparing((UsedRange range) -> range.reason() != UsedRange.Reason.NETWORK)
                        .thenComparing(UsedRange::subnet));
    }

    /** Walks the blocked ranges by their first address and moves the candidate behind each that it overlaps. */
    private static OptionalLong firstFree(AddressPool pool, List<Subnet> blocked) {
        long step = 1L << 32 - pool.size();
        long candidate = pool.base().base().value();
        for (Subnet range : blocked) {
            if (range.base().value() >= candidate + step) {
                break;
            }
            long end = range.broadcast().value();
            if (end >= candidate) {
                candidate = (end / step + 1) * step;
            }
        }
        boolean fits = candidate + step - 1 <= pool.base().broadcast().value();
        return fits ? OptionalLong.of(candidate) : OptionalLong.empty();
    }

    private static String explain(List<AddressPool> pools, Collection<UsedRange> used) {
        List<UsedRange> inTheWay = used.stream()
                .filter(UsedRange::blocks)
                .filter(range -> pools.stream().anyMatch(p -> p.base().overlaps(range.subnet())))
                .sorted(Comparator.comparing(UsedRange::subnet))
                .distinct()
                .toList();
        String named =
                inTheWay.stream().limit(MAX_NAMED).map(UsedRange::toString).collect(Collectors.joining(", "));
        String more = inTheWay.size() > MAX_NAMED ? " and " + (inTheWay.size() - MAX_NAMED) + " more" : "";
        return "no free subnet in the address pools "
                + pools.stream().map(p -> p.base() + " (in /" + p.size() + ")").collect(Collectors.joining(", "))
                + ": the host uses " + named + more
                + "; name a range it does not use with --default-address-pool base=PREFIX,size=LENGTH";
    }
}
