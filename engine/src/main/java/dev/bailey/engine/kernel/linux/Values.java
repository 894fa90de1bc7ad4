package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.netlink.route.HardwareAddress;
import dev.bailey.netlink.route.Prefix;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The model's values as netlink's, and back. */
final class Values {
    private Values() {}

    static HardwareAddress hardware(MacAddress mac) {
        return HardwareAddress.of(mac.toByteArray());
    }

    static InetAddress inet(IpAddress address) {
        try {
            return InetAddress.getByAddress(address.toByteArray());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Prefix prefix(LinkAddress address) {
        return new Prefix(inet(address.address()), address.prefixLength());
    }

    /** Empty for IPv6. */
    static Optional<InterfaceAddress> ipv4(Prefix prefix) {
        return prefix.address() instanceof Inet4Address
                ? Optional.of(new InterfaceAddress(
                        new Ipv4Address(
                                ByteBuffer.wrap(prefix.address().getAddress()).getInt()),
                        prefix.length()))
                : Optional.empty();
    }

    /** Empty for IPv6. */
    static Optional<Ipv4Address> ipv4(InetAddress address) {
        return address instanceof Inet4Address
                ? Optional.of(
                        new Ipv4Address(ByteBuffer.wrap(address.getAddress()).getInt()))
                : Optional.empty();
    }

    /** Empty for IPv4. */
    static Optional<Ipv6InterfaceAddress> ipv6(Prefix prefix) {
        return prefix.address() instanceof Inet6Address
                ? Optional.of(
                        new Ipv6InterfaceAddress(Ipv6Address.of(prefix.address().getAddress()), prefix.length()))
                : Optional.empty();
    }

    /** Empty for IPv4. */
    static Optional<Ipv6Address> ipv6(InetAddress address) {
        return address instanceof Inet6Address ? Optional.of(Ipv6Address.of(address.getAddress())) : Optional.empty();
    }

    static LinkAddress linkAddress(Prefix prefix) {
        Optional<? extends LinkAddress> ipv4 = ipv4(prefix);
        return ipv4.isPresent() ? ipv4.get() : ipv6(prefix).orElseThrow();
    }
}
