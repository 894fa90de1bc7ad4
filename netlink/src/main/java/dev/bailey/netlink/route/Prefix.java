package dev.bailey.netlink.route;

import dev.bailey.netlink.AddressText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An address with the length of its prefix, of IPv4 or IPv6: {@code 172.17.0.1/16}.
 *
 * @param address the address; bits beyond the prefix may be set
 * @param length how many leading bits are the network's, 0 to 32 or 128
 */
public record Prefix(InetAddress address, int length) {
    private static final Pattern DOTTED_QUAD = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /** The prefix of every IPv4 address. */
    public static final Prefix ANY_IPV4 = parse("0.0.0.0/0");

    /** The prefix of every IPv6 address. */
    public static final Prefix ANY_IPV6 = parse("::/0");

    /** Checks the range. */
    public Prefix {
        Objects.requireNonNull(address, "address");
        int most = address instanceof Inet4Address ? 32 : 128;
        if (length < 0 || length > most) {
            throw new IllegalArgumentException("/" + length + " is not the length of a prefix of "
                    + address.getHostAddress() + ": it goes from 0 to " + most);
        }
    }

    /**
     * Reads {@code address/length}; without a length it is the address's own, 32 or 128.
     *
     * @throws IllegalArgumentException when it is not such a text; names are not looked up
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        int most = address instanceof Inet4Address ? 32 : 128;
        try {
            return new Prefix(address, slash < 0 ? most : Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException bad) {
            throw new IllegalArgumentException("'" + text + "' is not a prefix: write one like 172.17.0.0/16", bad);
        }
    }

    // The library's own parser takes 10.1 and 010.0.0.1 as well, which different programs read differently.
    private static InetAddress address(String text) {
        boolean plain = text.indexOf(':') < 0 ? DOTTED_QUAD.matcher(text).matches() : text.indexOf('%') < 0;
        if (!plain) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address: write one like 172.17.0.1 or fd00::1");
        }
        return InetAddress.ofLiteral(text);
    }

    /** Returns the address family, AF_INET or AF_INET6. */
    int family() {
        return family(address);
    }

    static int family(InetAddress address) {
        return address instanceof Inet4Address ? Rtnetlink.AF_INET : Rtnetlink.AF_INET6;
    }

    /** Returns the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return AddressText.of(address) + "/" + length;
    }
}
