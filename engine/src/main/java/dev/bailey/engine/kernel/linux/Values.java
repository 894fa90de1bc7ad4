package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.netlink.route.HardwareAddress;
import dev.bailey.netlink.route.Prefix;
import java.net.Inet4Address;
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

    static InetAddress inet(Ipv4Address address) {
        try {
            byte[] bytes =
                    ByteBuffer.allocate(Integer.BYTES).putInt(address.bits()).array();
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Prefix prefix(InterfaceAddress address) {
        return new Prefix(inet(address.address()), address.prefixLength());
    }

    /** Empty for IPv6, which the engine does not hand out yet. */
    static Optional<InterfaceAddress> ipv4(Prefix prefix) {
        return prefix.address() instanceof Inet4Address
                ? Optional.of(new InterfaceAddress(
                        new Ipv4Address(
                                ByteBuffer.wrap(prefix.address().getAddress()).getInt()),
                        prefix.length()))
                : Optional.empty();
    }
}
