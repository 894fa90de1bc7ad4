package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.view.ObservedLink;
import dev.bailey.engine.view.Traffic;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.LinkReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The kernel's reports of links in the engine's words; pure. */
final class ObservedLinks {
    private ObservedLinks() {}

    static List<ObservedLink> of(List<LinkReport> reports, Map<Integer, List<String>> addresses) {
        return reports.stream()
                .map(report -> of(report, addresses.getOrDefault(report.link().index(), List.of())))
                .toList();
    }

    private static ObservedLink of(LinkReport report, List<String> addresses) {
        Link link = report.link();
        return new ObservedLink(
                link.index(),
                link.name(),
                link.kind(),
                link.master(),
                report.loopback(),
                link.direct(),
                link.up(),
                word(report.state()),
                link.mtuBytes(),
                addresses,
                traffic(report.received()),
                traffic(report.sent()),
                report.bridge().map(bridge -> new ObservedLink.Bridge(bridge.id(), bridge.spanningTree())),
                report.port().map(ObservedLinks::word).orElse(""));
    }

    /** The constant's name without the breaks between its words, as ip(8) writes it: {@code lowerlayerdown}. */
    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    private static Traffic traffic(LinkReport.Traffic counted) {
        return new Traffic(counted.packets(), counted.bytes(), counted.errors(), counted.dropped());
    }
}
