package dev.bailey.bench.contender;

import dev.bailey.bench.site.PeerShell;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Task;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Path;

/** The proof that an attach was one: a look into the namespace. */
final class Verification {
    private Verification() {}

    /**
     * Checks that a namespace has a default route, out of a link that is up and has an IPv4 address.
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
                throw new IOException("after an attach " + namespace + " has no " + missing);
            }
        }
    }

    /**
     * Checks that the rules of a host are about a slot's lowest port.
     *
     * @throws IOException when they are not
     */
    static void checkPublished(PeerShell host, int slot) throws IOException {
        int port = PortBlock.first(slot);
        host.run("{ nft --numeric list ruleset; iptables-save; } | grep --quiet --word-regexp " + port, "");
    }

    private static String missing(RouteConnection route) throws IOException {
        int index = route.routes().stream()
                .filter(Route::isDefault)
                .mapToInt(Route::link)
                .findFirst()
                .orElse(0);
        if (index == 0) {
            return "default route";
        }
        if (route.link(index).filter(Link::up).isEmpty()) {
            return "link that is up for its default route";
        }
        return route.addresses().stream().anyMatch(address -> isOf(address, index)) ? "" : "IPv4 address";
    }

    private static boolean isOf(Address address, int link) {
        return address.link() == link && address.prefix().address() instanceof Inet4Address;
    }
}
