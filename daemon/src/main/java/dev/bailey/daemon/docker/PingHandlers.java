package dev.bailey.daemon.docker;

import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.Route;
import java.io.IOException;
import java.util.List;

/** The first question of every client: is somebody there, and which versions of the API are spoken? */
public final class PingHandlers {
    private PingHandlers() {}

    /** The routes of this group. */
    public static List<Route> routes() {
        return List.of(Route.head("/_ping", PingHandlers::head), Route.get("/_ping", PingHandlers::get));
    }

    private static void head(Exchange exchange) throws IOException {
        setHeaders(exchange);
        exchange.text(200, "");
    }

    private static void get(Exchange exchange) throws IOException {
        setHeaders(exchange);
        exchange.text(200, "OK");
    }

    private static void setHeaders(Exchange exchange) {
        exchange.setHeader("Builder-Version", "");
        exchange.setHeader("Swarm", "inactive");
        exchange.setHeader("Cache-Control", "no-cache, no-store, must-revalidate");
        exchange.setHeader("Pragma", "no-cache");
    }
}
