package dev.bailey.netlink.route;

import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Task;
import dev.bailey.netlink.NetlinkConnection.Request;
import java.io.IOException;
import java.util.List;

/** Requests of a test, each on a connection of its own inside a namespace. */
final class Sandboxes {
    private Sandboxes() {}

    /** What a test does with a connection. */
    interface Use<T> {
        T with(RouteConnection route) throws IOException;
    }

    static <T> T on(NetworkNamespace namespace, Use<T> use) throws IOException {
        Task<T, IOException> task = () -> {
            try (RouteConnection route = RouteConnection.open()) {
                return use.with(route);
            }
        };
        return namespace.call(task);
    }

    static void request(NetworkNamespace namespace, Request... requests) throws IOException {
        on(namespace, route -> {
            route.requestAll(List.of(requests));
            return true;
        });
    }
}
