package dev.bailey.engine.dns;

import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import org.jspecify.annotations.Nullable;

/** Names that are made of addresses: of IPv4 (RFC 1035, 3.5) and of IPv6 (RFC 3596, 2.5). */
final class ReverseNames {
    private static final String IPV4 = ".in-addr.arpa";
    private static final String IPV6 = ".ip6.arpa";
    private static final int NUMBERS = 4;
    private static final int DIGITS = 32;
    private static final int HEXADECIMAL = 16;

    private ReverseNames() {}

    /** Whether a name in lower case is below those for addresses. */
    static boolean is(String name) {
        return name.endsWith(IPV4) || name.endsWith(IPV6);
    }

    /** The address that such a name is made of; null where it is of a part of one, or of none. */
    static @Nullable IpAddress address(String name) {
        return name.endsWith(IPV4)
                ? ipv4(name.substring(0, name.length() - IPV4.length()))
                : ipv6(name.substring(0, name.length() - IPV6.length()));
    }

    private static @Nullable IpAddress ipv4(String reversed) {
        String[] parts = reversed.split("\\.", -1);
        if (parts.length != NUMBERS) {
            return null;
        }
        try {
            return Ipv4Address.parse(parts[3] + "." + parts[2] + "." + parts[1] + "." + parts[0]);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    /** A hexadecimal digit for each label, the last one first. */
    private static @Nullable IpAddress ipv6(String reversed) {
        if (reversed.length() != 2 * DIGITS - 1) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < DIGITS; i++) {
            int at = 2 * i;
            int digit = reversed.charAt(at) < 0x80 ? Character.digit(reversed.charAt(at), HEXADECIMAL) : -1;
            if (digit < 0 || i < DIGITS - 1 && reversed.charAt(at + 1) != '.') {
                return null;
            }
            long value = (long) digit << 4 * (i % HEXADECIMAL);
            if (i < HEXADECIMAL) {
                low |= value;
            } else {
                high |= value;
            }
        }
        return new Ipv6Address(high, low);
    }
}
