package dev.bailey.daemon.view;

import dev.bailey.api.view.BridgePort;
import dev.bailey.api.view.HostBridge;
import dev.bailey.api.view.HostUplink;
import dev.bailey.api.view.LinkTraffic;
import dev.bailey.api.view.UplinkRoute;
import dev.bailey.engine.view.BridgeView;
import dev.bailey.engine.view.ObservedLink;
import dev.bailey.engine.view.Traffic;
import dev.bailey.engine.view.UplinkView;

/** Bridges and uplinks as clients see them; pure. */
final class LinkViews {
    private LinkViews() {}

    static HostBridge bridge(BridgeView view) {
        ObservedLink link = view.bridge();
        return new HostBridge(
                link.name(),
                view.facts().id(),
                view.facts().spanningTree(),
                link.mtuBytes(),
                link.up(),
                link.state(),
                link.addresses(),
                view.network(),
                view.ports().stream().map(LinkViews::port).toList());
    }

    private static BridgePort port(BridgeView.Port port) {
        return new BridgePort(
                port.link().name(),
                port.link().up(),
                port.link().portState(),
                port.link().mtuBytes(),
                port.sandbox(),
                port.endpoint().map(endpoint -> endpoint.id().value()).orElse(""),
                port.endpoint()
                        .map(endpoint -> endpoint.addresses().getFirst().toString())
                        .orElse(""));
    }

    static HostUplink uplink(UplinkView view) {
        ObservedLink link = view.link();
        return new HostUplink(
                link.name(),
                link.kind(),
                link.up(),
                link.state(),
                link.mtuBytes(),
                link.addresses(),
                view.routes().stream()
                        .map(route -> new UplinkRoute(route.gateway(), route.metric(), route.ipv6()))
                        .toList(),
                traffic(link.received()),
                traffic(link.sent()));
    }

    private static LinkTraffic traffic(Traffic counted) {
        return new LinkTraffic(counted.packets(), counted.bytes(), counted.errors(), counted.dropped());
    }
}
