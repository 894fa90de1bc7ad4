package dev.bailey.engine.ipam;

import dev.bailey.engine.model.Subnet;
import java.util.List;
import java.util.Objects;

/**
 * Addresses that the host uses already, and what for.
 *
 * @param subnet the addresses
 * @param reason what the host uses them for
 * @param owner who does, to be named in errors: an interface, a nameserver's address or a network
 */
public record UsedRange(Subnet subnet, Reason reason, String owner) {
    /** What a range is used for. */
    public enum Reason {
        /** The subnet of an address on a link of the host. */
        LINK_ADDRESS("the subnet of"),
        /** The destination of a route, default routes included. */
        ROUTE("routed to"),
        /** The address of a nameserver that the host asks. */
        NAMESERVER("the address of nameserver"),
        /** The subnet of a network of the engine itself. */
        NETWORK("the subnet of network");

        private final String phrase;

        Reason(String phrase) {
            this.phrase = phrase;
        }

        /** The use in words, before the user's name. */
        String phrase() {
            return phrase;
        }
    }

    /** What is set apart for private networks: RFC 1918, RFC 6598 (carriers) and RFC 3927 (link local). */
    private static final List<Subnet> PRIVATE = List.of(
            Subnet.parse("10.0.0.0/8"),
            Subnet.parse("172.16.0.0/12"),
            Subnet.parse("192.168.0.0/16"),
            Subnet.parse("100.64.0.0/10"),
            Subnet.parse("169.254.0.0/16"));
    /** No organisation has a longer stretch of addresses than this prefix. */
    private static final int WIDEST_NETWORK = 8;

    /** Checks that nothing is missing. */
    public UsedRange {
        Objects.requireNonNull(subnet, "subnet");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(owner, "owner");
    }

    /**
     * Whether a new subnet must stay clear of this range. All ranges block but for routes that only say where
     * everything else goes: the default route, and the pieces that VPNs cut it into (0.0.0.0/1 and 128.0.0.0/1, or
     * more of them around an exception). A piece is known by being wider than any network: shorter than /8, or reaching
     * beyond a private range that it contains whole. The route of a new subnet is longer, so the kernel prefers it.
     */
    public boolean blocks() {
        return reason != Reason.ROUTE
                || !(subnet.prefixLength() < WIDEST_NETWORK
                        || PRIVATE.stream().anyMatch(p -> subnet.contains(p) && !subnet.equals(p)));
    }

    /** The range and its use in words, for example {@code 10.8.0.0/16 (routed to tun0)}. */
    @Override
    public String toString() {
        return subnet + " (" + reason.phrase + " " + owner + ")";
    }
}
