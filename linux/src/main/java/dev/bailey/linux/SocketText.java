package dev.bailey.linux;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Socket addresses as people write them. */
final class SocketText {
    private SocketText() {}

    /** {@code 127.0.0.11:53} or {@code [::1]:53}. */
    static String of(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
