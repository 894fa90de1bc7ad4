package dev.bailey.engine.view;

import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.Finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Settings of the kernel that keep packets from passing; pure. */
final class SettingFindings {
    private static final String FLOWS = "net.netfilter.nf_conntrack_count";
    private static final String MAX_FLOWS = "net.netfilter.nf_conntrack_max";
    private static final String STRICT = "1";
    private static final String LOOSE = "2";
    private static final int NEARLY_FULL_PERCENT = 90;

    private final Map<String, String> settings;
    private final List<Finding> findings = new ArrayList<>();

    private SettingFindings(Map<String, String> settings) {
        this.settings = settings;
    }

    /** The names of the settings that are looked at; O(links + networks). */
    static Set<String> names(Snapshot model, List<ObservedLink> links, List<DefaultRoute> routes) {
        Set<String> names = new LinkedHashSet<>(List.of(FLOWS, MAX_FLOWS, of("all", "rp_filter")));
        bridges(model).forEach(bridge -> names.add(of(bridge, "forwarding")));
        for (UplinkView uplink : uplinks(links, routes)) {
            names.add(of(uplink.link().name(), "forwarding"));
            names.add(of(uplink.link().name(), "rp_filter"));
        }
        return names;
    }

    /** What is wrong among them; O(links + networks). */
    static List<Finding> of(Snapshot model, HostReport report, Health health) {
        SettingFindings found = new SettingFindings(report.settings());
        List<UplinkView> uplinks = uplinks(report.links(), report.routes());
        found.flows();
        if (!health.forwarding().equals("0")) {
            bridges(model)
                    .sorted()
                    .forEach(bridge ->
                            found.forwarding(bridge, "packets of its containers reach this host and nothing beyond"));
            uplinks.forEach(uplink -> found.forwarding(
                    uplink.link().name(), "what comes in by it, answers to containers too, is not passed on"));
        }
        uplinks.stream().skip(1).forEach(found::reversePath);
        return found.findings;
    }

    private static Stream<String> bridges(Snapshot model) {
        return model.networks().stream()
                .filter(network -> network.ipv4().isPresent())
                .map(network -> network.bridge().value());
    }

    /** Links with an IPv4 address of their own that packets come in by, the one that most leave by first. */
    private static List<UplinkView> uplinks(List<ObservedLink> links, List<DefaultRoute> routes) {
        List<DefaultRoute> ipv4 = routes.stream().filter(route -> !route.ipv6()).toList();
        return UplinkView.of(links, ipv4).stream()
                .filter(view -> view.isUplink() || hasIpv4(view.link()))
                .toList();
    }

    private static boolean hasIpv4(ObservedLink link) {
        return link.addresses().stream().anyMatch(address -> address.indexOf(':') < 0);
    }

    /** The sysctl(8) name of a link's setting, in which a slash stands for a dot of the link's name. */
    private static String of(String link, String setting) {
        return "net.ipv4.conf." + link.replace('.', '/') + "." + setting;
    }

    private void find(Severity severity, String what, String why, String mend) {
        findings.add(new Finding(severity, what, why, mend));
    }

    private void flows() {
        Optional<Long> max = number(MAX_FLOWS);
        Optional<Long> count = number(FLOWS);
        if (max.isEmpty() || count.isEmpty()) {
            find(
                    Severity.ERROR,
                    "the kernel does not track connections: it has no setting " + MAX_FLOWS,
                    "nothing is masqueraded, and no published port leads anywhere",
                    "modprobe nf_conntrack, and install the package with the kernel's modules if that fails");
            return;
        }
        if (max.get() > 0 && count.get() * 100 >= max.get() * NEARLY_FULL_PERCENT) {
            boolean full = count.get() >= max.get();
            find(
                    full ? Severity.ERROR : Severity.WARNING,
                    "the kernel tracks " + count.get() + " connections of at most " + max.get(),
                    full ? "new connections are dropped" : "when it is full, new connections are dropped",
                    "sysctl -w " + MAX_FLOWS + "=" + 2 * max.get() + "; conntrack -L shows whose they are");
        }
    }

    private Optional<Long> number(String name) {
        return Optional.ofNullable(settings.get(name))
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    private void forwarding(String link, String why) {
        String name = of(link, "forwarding");
        if ("0".equals(settings.get(name))) {
            find(Severity.ERROR, name + " is 0", why, "sysctl -w " + name + "=1");
        }
    }

    /** The kernel takes the larger of the two values (Documentation/networking/ip-sysctl.rst). */
    private void reversePath(UplinkView uplink) {
        String name = of(uplink.link().name(), "rp_filter");
        String own = settings.getOrDefault(name, "0");
        String all = settings.getOrDefault(of("all", "rp_filter"), "0");
        boolean strict = !own.equals(LOOSE) && !all.equals(LOOSE) && (own.equals(STRICT) || all.equals(STRICT));
        if (strict) {
            find(
                    Severity.WARNING,
                    name + " is strict, and the way back of most senders is another link",
                    "requests to published ports that come in by "
                            + uplink.link().name()
                            + " from beyond its own subnet are dropped before any rule sees them",
                    "sysctl -w " + name + "=2");
        }
    }
}
