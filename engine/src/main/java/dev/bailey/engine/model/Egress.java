package dev.bailey.engine.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How IPv4 packets of an endpoint leave the host, where that is not as its network says.
 *
 * @param way which way they take
 * @param sourceAddress the address of the host's that they leave with
 * @param allowed where to they may go, apart from the endpoint's own subnet and the host; empty for anywhere
 */
public record Egress(Optional<EgressWay> way, Optional<Ipv4Address> sourceAddress, List<EgressTarget> allowed) {
    /** As the network says. */
    public static final Egress NONE = new Egress(Optional.empty(), Optional.empty(), List.of());

    private static final int MAX_ALLOWED = 1024;

    /** Checks the address and takes each target once. */
    public Egress {
        Objects.requireNonNull(way, "way");
        sourceAddress.ifPresent(NetworkOptions::checkSourceAddress);
        allowed = allowed.stream().distinct().toList();
        if (allowed.size() > MAX_ALLOWED) {
            throw new IllegalArgumentException("an allow list of " + allowed.size() + " is too long: it has at most "
                    + MAX_ALLOWED + " targets, name subnets");
        }
    }

    /** Whether nothing is other than the network says. */
    public boolean isNone() {
        return equals(NONE);
    }
}
