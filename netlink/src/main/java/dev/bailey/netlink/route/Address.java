package dev.bailey.netlink.route;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkMessage;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An address of a link.
 *
 * @param link the link's index
 * @param prefix the address and the length of its prefix
 */
public record Address(int link, Prefix prefix) {
    /** The size of {@code struct ifaddrmsg}. */
    static final int HEADER_BYTES = 8;

    /**
     * Writes {@code struct ifaddrmsg} of linux/if_addr.h and the attributes. IPv4 gets the broadcast address of its prefix,
     * which a removal does not name.
     *
     * <pre>{@code FAMILY u8 | PREFIXLEN u8 | FLAGS u8 | SCOPE u8 | INDEX u32 | LOCAL(2) | ADDRESS(1) | [BROADCAST(4)]}</pre>
     */
    byte[] encode(boolean removal) {
        return encode(removal, 0);
    }

    /** As {@link #encode(boolean)}, with IFA_F_* of linux/if_addr.h. */
    byte[] encode(boolean removal, int flags) {
        byte[] bytes = prefix.address().getAddress();
        AttributeWriter out = header(prefix.family(), prefix.length(), flags, link)
                .bytes(Rtnetlink.IFA_LOCAL, bytes)
                .bytes(Rtnetlink.IFA_ADDRESS, bytes);
        if (!removal && prefix.address() instanceof Inet4Address && prefix.length() < 31) {
            int host = ByteBuffer.wrap(bytes).getInt() | -1 >>> prefix.length();
            out.be32(Rtnetlink.IFA_BROADCAST, host);
        }
        return out.toByteArray();
    }

    static AttributeWriter header(int family, int prefixLength, int flags, int link) {
        return new AttributeWriter(64)
                .putU8(family)
                .putU8(prefixLength)
                .putU8(flags)
                .putU8(Rtnetlink.RT_SCOPE_UNIVERSE)
                .putU32(link);
    }

    /** Reads an RTM_NEWADDR or RTM_DELADDR. */
    static Address decode(NetlinkMessage message) {
        Attributes attributes = message.attributes(HEADER_BYTES);
        ByteBuffer header = ByteBuffer.wrap(message.payload()).order(ByteOrder.nativeOrder());
        byte[] address = attributes
                .bytes(Rtnetlink.IFA_LOCAL)
                .or(() -> attributes.bytes(Rtnetlink.IFA_ADDRESS))
                .orElseThrow(() -> new IllegalArgumentException("an address without IFA_LOCAL and IFA_ADDRESS"));
        return new Address(header.getInt(4), new Prefix(inet(address), Byte.toUnsignedInt(header.get(1))));
    }

    static InetAddress inet(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException bad) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", bad);
        }
    }
}
