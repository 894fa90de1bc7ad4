package dev.bailey.engine.view;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A link that traffic leaves the host through, or could.
 *
 * @param link the link
 * @param routes its default routes, the preferred one first; none for a link that is no uplink yet
 */
public record UplinkView(ObservedLink link, List<DefaultRoute> routes) {
    private static final Comparator<DefaultRoute> PREFERRED =
            Comparator.comparing(DefaultRoute::ipv6).thenComparing(DefaultRoute::metric);

    /** Copies the list. */
    public UplinkView {
        routes = List.copyOf(routes);
    }

    /** Returns whether a default route leaves through it. */
    public boolean isUplink() {
        return !routes.isEmpty();
    }

    /**
     * Returns the links with a default route, the preferred one first, and then those that could get one: neither loopback nor
     * bridge nor a port of one. O(links + routes), and sorting.
     */
    public static List<UplinkView> of(List<ObservedLink> links, List<DefaultRoute> routes) {
        Map<Integer, List<DefaultRoute>> byLink =
                routes.stream().sorted(PREFERRED).collect(Collectors.groupingBy(DefaultRoute::link));
        return links.stream()
                .map(link -> new UplinkView(link, byLink.getOrDefault(link.index(), List.of())))
                .filter(view -> view.isUplink() || couldBeUplink(view.link()))
                .sorted(Comparator.comparing((UplinkView view) -> !view.isUplink())
                        .thenComparing(
                                view -> view.routes().stream().findFirst().orElse(LAST), PREFERRED)
                        .thenComparing(view -> view.link().name()))
                .toList();
    }

    private static final DefaultRoute LAST = new DefaultRoute(0, "", Long.MAX_VALUE, true);

    private static boolean couldBeUplink(ObservedLink link) {
        return !link.loopback() && link.master() == 0 && link.bridge().isEmpty();
    }
}
