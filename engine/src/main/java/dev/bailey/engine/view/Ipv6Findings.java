package dev.bailey.engine.view;

import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What keeps IPv6 packets of containers from passing, on hosts with a network that has IPv6; pure.
 *
 * <p>Documentation/networking/ip-sysctl.rst: whether IPv6 packets pass is one setting for all links; a link that forwards
 * listens to routers only when {@code accept_ra} is 2.
 */
final class Ipv6Findings {
    private static final String FORWARDING = of("all", "forwarding");
    private static final String OFF = "0";
    private static final String ON = "1";

    private final Snapshot model;
    private final HostReport report;
    private final Map<String, String> settings;
    private final List<Finding> findings = new ArrayList<>();

    private Ipv6Findings(Snapshot model, HostReport report) {
        this.model = model;
        this.report = report;
        this.settings = report.settings();
    }

    /** The names of the settings that are looked at; none where no network has IPv6. O(links + networks). */
    static Set<String> names(Snapshot model, List<ObservedLink> links, List<DefaultRoute> routes) {
        Set<String> names = new LinkedHashSet<>();
        if (networks(model).findAny().isPresent()) {
            names.add(FORWARDING);
            networks(model).forEach(network -> names.add(of(network.bridge().value(), "disable_ipv6")));
            for (UplinkView uplink : uplinks(links, routes)) {
                for (String setting : List.of("disable_ipv6", "accept_ra", "forwarding")) {
                    names.add(of(uplink.link().name(), setting));
                }
            }
        }
        return names;
    }

    /** What is wrong; O(links + networks). */
    static List<Finding> of(Snapshot model, HostReport report, Health health) {
        Ipv6Findings found = new Ipv6Findings(model, report);
        if (networks(model).findAny().isPresent()) {
            found.forwarding(health);
            found.bridges();
            found.ways();
        }
        return found.findings;
    }

    private static Stream<Network> networks(Snapshot model) {
        return model.networks().stream().filter(network -> network.ipv6().isPresent());
    }

    /** Links with a default route of either family, the preferred one first. */
    private static List<UplinkView> uplinks(List<ObservedLink> links, List<DefaultRoute> routes) {
        return UplinkView.of(links, routes).stream()
                .filter(UplinkView::isUplink)
                .toList();
    }

    /** The sysctl(8) name of a link's setting, in which a slash stands for a dot of the link's name. */
    private static String of(String link, String setting) {
        return "net.ipv6.conf." + link.replace('.', '/') + "." + setting;
    }

    private boolean has(String link, String setting, String value) {
        return value.equals(settings.get(of(link, setting)));
    }

    private void find(Severity severity, String what, String why, String mend) {
        findings.add(new Finding(severity, what, why, mend));
    }

    private void forwarding(Health health) {
        if (!settings.containsKey(FORWARDING)) {
            find(
                    Severity.ERROR,
                    "the kernel has no IPv6: it has no setting " + FORWARDING,
                    "networks with IPv6 have none",
                    "boot without ipv6.disable=1, and install the package with the kernel's modules");
        } else if (OFF.equals(settings.get(FORWARDING))) {
            find(
                    Severity.ERROR,
                    FORWARDING + " is 0",
                    "IPv6 packets of containers reach this host and nothing beyond it",
                    health.switchesForwarding()
                            ? "find out who switches it off: bailey events --kernel shows when"
                            : "sysctl -w " + FORWARDING + "=1, or let the daemon do it: without --ip-forward=false");
        }
    }

    private void bridges() {
        networks(model)
                .filter(network ->
                        network.ipv6().filter(NetworkIpv6::bridgeAddressed).isPresent())
                .filter(network -> has(network.bridge().value(), "disable_ipv6", ON))
                .sorted(Comparator.comparing(Network::name))
                .forEach(network -> find(
                        Severity.ERROR,
                        of(network.bridge().value(), "disable_ipv6") + " is 1",
                        "containers of network " + network.name() + " find no gateway for IPv6",
                        "sysctl -w " + of(network.bridge().value(), "disable_ipv6") + "=0"));
    }

    private void ways() {
        List<UplinkView> uplinks = uplinks(report.links(), report.routes());
        if (report.routes().stream().noneMatch(DefaultRoute::ipv6)) {
            if (networks(model).anyMatch(network -> !network.options().internal())) {
                find(
                        Severity.WARNING,
                        "the host has no IPv6 default route",
                        "containers reach by IPv6 only what the host has a route to",
                        wayMend(uplinks));
            }
            return;
        }
        uplinks.stream()
                .filter(uplink -> uplink.routes().stream().anyMatch(DefaultRoute::advertised))
                .map(uplink -> uplink.link().name())
                .filter(this::isDeaf)
                .forEach(link -> find(
                        Severity.WARNING,
                        of(link, "accept_ra") + " is 1, and " + link + " forwards",
                        "it does not listen to routers then, and its default route, which one of them gave, ends within"
                                + " the half hour",
                        "sysctl -w " + of(link, "accept_ra") + "=2"));
    }

    private boolean isDeaf(String link) {
        return has(link, "accept_ra", ON) && has(link, "forwarding", ON);
    }

    private String wayMend(List<UplinkView> uplinks) {
        for (UplinkView uplink : uplinks) {
            String link = uplink.link().name();
            if (has(link, "disable_ipv6", ON)) {
                return "sysctl -w " + of(link, "disable_ipv6") + "=0, which is 1 now; then whoever configures " + link
                        + " gives it addresses and routes";
            }
            if (isDeaf(link)) {
                return "sysctl -w " + of(link, "accept_ra") + "=2, where a router says the way: with 1, a link that"
                        + " forwards does not listen; else add a route";
            }
        }
        return "bailey uplinks shows the links; add a route, or wait for whoever configures them";
    }
}
