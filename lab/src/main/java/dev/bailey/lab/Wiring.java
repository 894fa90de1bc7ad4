package dev.bailey.lab;

import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.Prefix;
import dev.bailey.netlink.route.Route;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteRequests;
import dev.bailey.netlink.route.VethSpec;
import dev.bailey.netlink.route.VethSpec.End;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/** The changes to a host's links, addresses and routes; each opens a connection to the kernel inside the host and closes it. */
final class Wiring {
    private static final int BRIDGE_MTU_BYTES = 1500;

    private Wiring() {}

    static void cable(LabHost one, String interfaceOfOne, LabHost other, String interfaceOfOther) {
        VethSpec spec = VethSpec.of(End.named(interfaceOfOne), End.named(interfaceOfOther))
                .up()
                .peerIn(other.namespace());
        request(one, RouteRequests.createVeth(spec));
        setUp(other, interfaceOfOther, true);
    }

    static void bridge(LabHost host, String name) {
        request(host, RouteRequests.createBridge(name, BRIDGE_MTU_BYTES, Optional.empty()));
        setUp(host, name, true);
    }

    static void join(LabHost host, String link, String bridge) {
        inside(host, connection -> connection.request(RouteRequests.setMaster(link, index(connection, bridge))));
    }

    static void setUp(LabHost host, String link, boolean up) {
        request(host, RouteRequests.setUp(link, up));
    }

    static void setMtu(LabHost host, String link, int bytes) {
        request(host, RouteRequests.setMtu(link, bytes));
    }

    static void delete(LabHost host, String link) {
        request(host, RouteRequests.deleteLink(link));
    }

    static void addAddress(LabHost host, String link, String address) {
        Prefix prefix = prefix(address);
        inside(
                host,
                connection ->
                        connection.request(RouteRequests.addAddress(new Address(index(connection, link), prefix))));
    }

    static void deleteAddress(LabHost host, String link, String address) {
        Prefix prefix = prefix(address);
        inside(
                host,
                connection ->
                        connection.request(RouteRequests.deleteAddress(new Address(index(connection, link), prefix))));
    }

    static void addRoute(LabHost host, String destination, String gateway) {
        request(host, RouteRequests.addRoute(route(destination, gateway)));
    }

    static void deleteRoute(LabHost host, String destination, String gateway) {
        request(host, RouteRequests.deleteRoute(route(destination, gateway)));
    }

    /** Reads an address with its prefix length, which netlink would take without as well. */
    static Prefix prefix(String text) {
        String hint = "\"" + text + "\" is not an address with a prefix length, such as 198.51.100.2/24";
        if (!text.contains("/")) {
            throw new IllegalArgumentException(hint);
        }
        try {
            return Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(hint, e);
        }
    }

    private static Route route(String destination, String gateway) {
        InetAddress hop = InetAddress.ofLiteral(gateway);
        return destination.equals("default") ? Route.defaultVia(hop) : Route.to(prefix(destination), hop);
    }

    private static int index(RouteConnection connection, String link) throws IOException {
        return connection
                .link(link)
                .orElseThrow(() -> new IOException("there is no link " + link))
                .index();
    }

    private static void request(LabHost host, Request request) {
        inside(host, connection -> connection.request(request));
    }

    private static void inside(LabHost host, Change change) {
        try {
            host.namespace().<IOException>run(() -> {
                try (RouteConnection connection = RouteConnection.open()) {
                    change.make(connection);
                }
            });
        } catch (IOException e) {
            throw new LabException("in " + host.name(), e);
        }
    }

    @FunctionalInterface
    private interface Change {
        void make(RouteConnection connection) throws IOException;
    }
}
