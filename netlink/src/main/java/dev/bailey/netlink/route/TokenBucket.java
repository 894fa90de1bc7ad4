package dev.bailey.netlink.route;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A limit of what leaves by a link: a queue whose packets wait for tokens (tc-tbf(8)), in the place of the link's own.
 *
 * @param link the index of the link
 * @param bytesPerSecond what may leave in a second, at least 1
 * @param burstBytes what may leave at once after a pause, at least the link's largest packet
 * @param queueBytes what may wait; what comes then is dropped
 */
public record TokenBucket(int link, long bytesPerSecond, int burstBytes, int queueBytes) {
    /** The size of {@code struct tcmsg}. */
    static final int HEADER_BYTES = 20;

    private static final String KIND = "tbf";
    private static final int ROOT = -1;
    /** Major number 1: what {@code tc} gives to the first one. */
    private static final int HANDLE = 0x10000;

    private static final int LINK_LAYER_ETHERNET = 1;
    private static final long MAX_RATE_32 = 0xffff_ffffL;
    private static final int PARENT_OFFSET = 12;
    private static final int PARAMETERS_BYTES = 36;
    private static final int RATE_OFFSET = 8;
    private static final int LIMIT_OFFSET = 24;

    /** Checks the ranges. */
    public TokenBucket {
        if (link < 1 || bytesPerSecond < 1 || burstBytes < 1 || queueBytes < 1) {
            throw new IllegalArgumentException("a token bucket needs a link, a rate, a burst and a queue, not " + link
                    + ", " + bytesPerSecond + ", " + burstBytes + ", " + queueBytes);
        }
    }

    /**
     * Writes a {@code struct tcmsg} of linux/rtnetlink.h.
     *
     * <pre>{@code FAMILY u8 | 0 u8 | 0 u16 | INDEX i32 | HANDLE u32 | PARENT u32 | INFO u32}</pre>
     */
    static AttributeWriter header(int link, int handle, int parent) {
        return new AttributeWriter(128)
                .putU32(Rtnetlink.AF_UNSPEC)
                .putU32(link)
                .putU32(handle)
                .putU32(parent)
                .putU32(0);
    }

    static AttributeWriter root(int link) {
        return header(link, 0, ROOT);
    }

    /**
     * Writes the body of an RTM_NEWQDISC. A rate beyond 32 bits has an attribute of its own; the burst is given in bytes, so
     * that nothing is to be converted into the kernel's ticks.
     *
     * <pre>{@code tcmsg | KIND(1) "tbf" | OPTIONS(2) { PARMS(1) { RATE | PEAK_RATE | LIMIT u32 | BUFFER u32 | MTU u32 }
     *   | BURST(6) u32 | [RATE64(4) u64] }
     * ratespec: CELL_LOG u8 | LINK_LAYER u8 | OVERHEAD u16 | CELL_ALIGN i16 | MPU u16 | RATE u32}</pre>
     */
    byte[] encode() {
        byte[] parameters = ByteBuffer.allocate(PARAMETERS_BYTES)
                .order(ByteOrder.nativeOrder())
                .put(1, (byte) LINK_LAYER_ETHERNET)
                .putInt(RATE_OFFSET, (int) Math.min(bytesPerSecond, MAX_RATE_32))
                .putInt(LIMIT_OFFSET, queueBytes)
                .array();
        return header(link, HANDLE, ROOT)
                .string(Rtnetlink.TCA_KIND, KIND)
                .nestUnflagged(Rtnetlink.TCA_OPTIONS, options -> {
                    options.bytes(Rtnetlink.TCA_TBF_PARMS, parameters).u32(Rtnetlink.TCA_TBF_BURST, burstBytes);
                    if (bytesPerSecond > MAX_RATE_32) {
                        options.u64(Rtnetlink.TCA_TBF_RATE64, bytesPerSecond);
                    }
                })
                .toByteArray();
    }

    /**
     * The rate of a link that has such a limit; the kernel does not tell the rest as it was given.
     *
     * @param link the index of the link
     * @param bytesPerSecond what may leave in a second
     */
    public record Rate(int link, long bytesPerSecond) {}

    /** Reads an RTM_NEWQDISC; nothing where it is about another kind of queue, or not in the place of a link's own. */
    static Optional<Rate> decode(NetlinkMessage message) {
        ByteBuffer header = ByteBuffer.wrap(message.payload()).order(ByteOrder.nativeOrder());
        Attributes attributes = message.attributes(HEADER_BYTES);
        if (!attributes.string(Rtnetlink.TCA_KIND).equals(Optional.of(KIND)) || header.getInt(PARENT_OFFSET) != ROOT) {
            return Optional.empty();
        }
        int link = header.getInt(4);
        return attributes
                .nested(Rtnetlink.TCA_OPTIONS)
                .flatMap(options -> rate(options).map(bytesPerSecond -> new Rate(link, bytesPerSecond)));
    }

    private static Optional<Long> rate(Attributes options) {
        OptionalLong large = options.u64(Rtnetlink.TCA_TBF_RATE64);
        if (large.isPresent()) {
            return Optional.of(large.getAsLong());
        }
        return options.bytes(Rtnetlink.TCA_TBF_PARMS)
                .filter(bytes -> bytes.length >= RATE_OFFSET + Integer.BYTES)
                .map(bytes -> Integer.toUnsignedLong(
                        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(RATE_OFFSET)));
    }
}
