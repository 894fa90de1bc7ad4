package dev.bailey.engine.model;

/** The range of sizes that an IPv4 packet on an Ethernet-like link may have. */
final class Mtu {
    /** Every IPv4 link carries this many bytes (RFC 791). */
    static final int MIN_BYTES = 68;
    /** The length field of an IPv4 packet ends here; veth and bridge take no more. */
    static final int MAX_BYTES = 65535;

    private Mtu() {}

    static void check(int mtuBytes) {
        if (mtuBytes < MIN_BYTES || mtuBytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    mtuBytes + " is not an MTU: it goes from " + MIN_BYTES + " to " + MAX_BYTES + " bytes");
        }
    }
}
