package dev.bailey.daemon.docker;

import dev.bailey.api.container.ContainerSummary;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Query;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerState;
import dev.bailey.runtime.NetworkMode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which containers a list shows; pure. */
final class ContainerList {
    private static final Set<String> FILTERS = Set.of("ancestor", "exited", "id", "label", "name", "network", "status");
    private static final Set<String> STATES =
            Set.of("created", "restarting", "running", "removing", "paused", "exited", "dead");

    private ContainerList() {}

    /**
     * The list that a query asks for.
     *
     * @param all every container, youngest first
     * @throws HttpFailure 400 when a filter is wrong
     */
    static List<ContainerSummary> select(List<Container> all, Query query, Snapshot snapshot, Instant now) {
        Filters filters = Filters.of(query, FILTERS);
        check(filters);
        int limit = query.number("limit").orElse(0);
        boolean runningOnly = !query.flag("all") && limit <= 0 && !filters.has("status") && !filters.has("exited");
        return all.stream()
                .filter(container -> !runningOnly || container.running())
                .filter(container -> accepts(filters, container))
                .limit(limit > 0 ? limit : Long.MAX_VALUE)
                .map(container -> ContainerViews.summary(container, snapshot, now))
                .toList();
    }

    private static void check(Filters filters) {
        for (String state : filters.values("status")) {
            if (!STATES.contains(state)) {
                throw HttpFailure.badRequest("invalid filter 'status=" + state + "': want one of "
                        + String.join(", ", STATES.stream().sorted().toList()));
            }
        }
        for (String code : filters.values("exited")) {
            if (!code.matches("-?[0-9]{1,9}")) {
                throw HttpFailure.badRequest("invalid filter 'exited=" + code + "': want a number");
            }
        }
    }

    private static boolean accepts(Filters filters, Container container) {
        return filters.accept("id", id -> container.id().value().startsWith(id))
                && filters.accept("name", name -> matches(name, container.name()))
                && filters.acceptLabels(container.spec().labels())
                && filters.accept("status", ContainerViews.stateWord(container.state())::equals)
                && filters.accept("network", name -> isOn(container, name))
                && filters.accept(
                        "ancestor",
                        image -> image.equals(container.spec().image()) || image.equals(container.imageId()))
                && filters.accept("exited", code -> hasExited(container, Integer.parseInt(code)));
    }

    private static boolean isOn(Container container, String network) {
        return container.spec().networkMode() != NetworkMode.NETWORKS
                        && container.spec().network().equals(network)
                || container.spec().networks().stream()
                        .anyMatch(each -> each.network().equals(network));
    }

    private static boolean hasExited(Container container, int code) {
        return container.state() instanceof ContainerState.Exited exited && exited.exitCode() == code;
    }

    /** Names are filtered by a regular expression that fits any part, with or without the slash before the name. */
    private static boolean matches(String expression, String name) {
        try {
            return Pattern.compile(expression).matcher("/" + name).find()
                    || Pattern.compile(expression).matcher(name).find();
        } catch (PatternSyntaxException e) {
            throw HttpFailure.badRequest(
                    "invalid filter 'name=" + expression + "': " + e.getDescription() + " in a regular expression");
        }
    }
}
