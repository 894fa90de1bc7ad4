package dev.bailey.engine.ipam;

import dev.bailey.engine.model.Ipv6Subnet;
import java.util.Objects;

/**
 * IPv6 addresses that the host uses already, and what for.
 *
 * @param subnet the addresses
 * @param reason what the host uses them for
 * @param owner who does, to be named in errors: an interface or a network
 */
public record UsedIpv6Range(Ipv6Subnet subnet, UsedRange.Reason reason, String owner) {
    /** A wider route, such as that of 2000::/3, says where everything else goes. */
    private static final int WIDEST_NETWORK = 8;

    /** Checks that nothing is missing. */
    public UsedIpv6Range {
        Objects.requireNonNull(subnet, "subnet");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(owner, "owner");
    }

    /** Whether a new subnet must stay clear of this range: of all but routes that only say where everything else goes. */
    public boolean blocks() {
        return reason != UsedRange.Reason.ROUTE || subnet.prefixLength() >= WIDEST_NETWORK;
    }

    /** The range and its use in words, for example {@code fd00::/48 (routed to tun0)}. */
    @Override
    public String toString() {
        return subnet + " (" + reason.phrase() + " " + owner + ")";
    }
}
