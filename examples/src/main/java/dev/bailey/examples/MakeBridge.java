package dev.bailey.examples;

import dev.bailey.linux.NetworkNamespace;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteRequests;
import java.io.IOException;
import java.util.Optional;

/** A program that makes a bridge in a namespace of its own, and sees what the kernel says to a second of that name. */
public final class MakeBridge {
    private MakeBridge() {}

    /** Takes no arguments; needs root. */
    public static void main(String[] arguments) throws IOException {
        try (NetworkNamespace namespace = NetworkNamespace.create();
                RouteConnection kernel = namespace.call(RouteConnection::open)) {
            kernel.request(RouteRequests.createBridge("br0", 1500, Optional.empty()));
            System.out.println(kernel.link("br0").orElseThrow());
            try {
                kernel.request(RouteRequests.createBridge("br0", 1500, Optional.empty()));
            } catch (NetlinkException refusal) {
                System.out.println(refusal.getMessage());
            }
        }
    }
}
