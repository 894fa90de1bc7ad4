package dev.bailey.engine.dns;

import dev.bailey.engine.model.Ipv4Address;
import java.net.Inet6Address;
import java.util.Optional;

/**
 * The address of a nameserver as resolv.conf has it, with what counts when another host is to ask it.
 *
 * @param text the address as it was written
 * @param isIpv6 whether it is an IPv6 address
 * @param isHostOnly whether it means something on its own host only: a loopback or unspecified address, or one with the
 *     name of a link behind a percent sign
 */
record Nameserver(String text, boolean isIpv6, boolean isHostOnly) {
    /** Reads an address; anything else gives nothing. */
    static Optional<Nameserver> parse(String text) {
        return text.contains(":") ? parseIpv6(text) : parseIpv4(text);
    }

    private static Optional<Nameserver> parseIpv4(String text) {
        try {
            Ipv4Address address = Ipv4Address.parse(text);
            return Optional.of(new Nameserver(text, false, address.isLoopback() || address.bits() == 0));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Nameserver> parseIpv6(String text) {
        int zone = text.indexOf('%');
        if (zone == text.length() - 1) {
            return Optional.empty();
        }
        try {
            Inet6Address address = (Inet6Address) Inet6Address.ofLiteral(zone < 0 ? text : text.substring(0, zone));
            boolean hostOnly = zone >= 0 || address.isLoopbackAddress() || address.isAnyLocalAddress();
            return Optional.of(new Nameserver(text, true, hostOnly));
        } catch (IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
