package dev.bailey.bench.contender;

import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Task;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.RouteConnection;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Path;

/** The proof that an attach was one: a look into the namespace. */
final class Verification {
    private Verification() {}

    /**
     * Checks that {@code eth0} is up in a namespace with an IPv4 address, and that a default route leads out of it.
     *
     * @throws IOException when something is missing; the text says what
     */
    static void check(Path namespace) throws IOException {
        Task<String, IOException> look = () -> {
            try (RouteConnection route = RouteConnection.open()) {
                return missing(route);
            }
        };
        try (NetworkNamespace opened = NetworkNamespace.open(namespace)) {
            String missing = opened.call(look);
            if (!missing.isEmpty()) {
                throw new IOException("after an attach " + namespace.getFileName() + " has no " + missing);
            }
        }
    }

    private static String missing(RouteConnection route) throws IOException {
        int index = route.link("eth0").filter(Link::up).map(Link::index).orElse(0);
        if (index == 0) {
            return "eth0 that is up";
        }
        if (route.addresses().stream().noneMatch(address -> isOf(address, index))) {
            return "IPv4 address on eth0";
        }
        boolean leadsOut = route.routes().stream().anyMatch(way -> way.isDefault() && way.link() == index);
        return leadsOut ? "" : "default route through eth0";
    }

    private static boolean isOf(Address address, int link) {
        return address.link() == link && address.prefix().address() instanceof Inet4Address;
    }
}
