package dev.bailey.examples;

import dev.bailey.netlink.route.Address;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.RouteConnection;
import java.io.IOException;
import java.util.List;

/** A program that lists the links of this machine with their addresses; it needs no rights. */
public final class ListLinks {
    private ListLinks() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        try (RouteConnection kernel = RouteConnection.open()) {
            List<Address> addresses = kernel.addresses();
            for (Link link : kernel.links()) {
                System.out.println(link.index() + ": " + link.name() + (link.up() ? " up" : " down"));
                addresses.stream()
                        .filter(address -> address.link() == link.index())
                        .forEach(address -> System.out.println("    " + address.prefix()));
            }
        }
    }
}
