package dev.bailey.daemon.docker;

import dev.bailey.api.system.EventActor;
import dev.bailey.api.system.EventMessage;
import dev.bailey.daemon.http.Query;
import java.util.Set;

/** Which events a client wants to hear of. */
final class EventFilter {
    private static final Set<String> FILTERS =
            Set.of("action", "container", "event", "image", "label", "network", "scope", "type");

    private final Filters filters;

    private EventFilter(Filters filters) {
        this.filters = filters;
    }

    /** Reads the filters of a request. */
    static EventFilter of(Query query) {
        return new EventFilter(Filters.of(query, FILTERS));
    }

    /** Whether the event passes. */
    boolean accepts(EventMessage event) {
        EventActor actor = event.actor();
        return filters.accept("type", event.type()::equals)
                && filters.accept("scope", event.scope()::equals)
                && filters.accept("event", event.action()::equals)
                && filters.accept("action", event.action()::equals)
                && filters.accept("container", wanted -> event.type().equals("container") && isNamed(actor, wanted))
                && filters.accept("network", wanted -> event.type().equals("network") && isNamed(actor, wanted))
                && filters.accept(
                        "image", wanted -> wanted.equals(actor.attributes().get("image")))
                && filters.acceptLabels(actor.attributes());
    }

    private static boolean isNamed(EventActor actor, String wanted) {
        return actor.id().startsWith(wanted) || wanted.equals(actor.attributes().get("name"));
    }
}
