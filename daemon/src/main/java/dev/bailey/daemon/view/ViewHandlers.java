package dev.bailey.daemon.view;

import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.Route;
import dev.bailey.engine.HostInspector;
import java.io.IOException;
import java.util.List;

/** The routes that show the host's network. Each lists what exists, which no attach or detach waits for. */
public final class ViewHandlers {
    private final HostInspector inspector;

    /** Handlers for what this inspector sees. */
    public ViewHandlers(HostInspector inspector) {
        this.inspector = inspector;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(
                Route.get("/bailey/bridges", this::bridges),
                Route.get("/bailey/flows", this::flows),
                Route.get("/bailey/nat", this::nat),
                Route.get("/bailey/tables", this::tables),
                Route.get("/bailey/uplinks", this::uplinks));
    }

    private void flows(Exchange exchange) throws IOException {
        exchange.json(200, inspector.flows().stream().map(FlowViews::flow).toList());
    }

    private void nat(Exchange exchange) throws IOException {
        exchange.json(200, inspector.nat().stream().map(RuleViews::natTable).toList());
    }

    private void tables(Exchange exchange) throws IOException {
        exchange.json(200, inspector.tables().stream().map(RuleViews::table).toList());
    }

    private void bridges(Exchange exchange) throws IOException {
        exchange.json(200, inspector.bridges().stream().map(LinkViews::bridge).toList());
    }

    private void uplinks(Exchange exchange) throws IOException {
        exchange.json(200, inspector.uplinks().stream().map(LinkViews::uplink).toList());
    }
}
