package dev.bailey.engine.view;

import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A connection of a container.
 *
 * @param flow the connection
 * @param from the name of the sandbox that it comes from; empty when it comes from elsewhere
 * @param to the name of the sandbox that it goes to; empty when it goes elsewhere
 */
public record FlowView(ObservedFlow flow, String from, String to) {
    /** Returns those of the connections that have a sandbox at one end, by its name; O(flows × log flows + endpoints). */
    public static List<FlowView> of(List<ObservedFlow> flows, Snapshot snapshot) {
        Map<String, String> names = names(snapshot);
        return flows.stream()
                .map(flow -> new FlowView(
                        flow,
                        names.getOrDefault(flow.from().address(), ""),
                        names.getOrDefault(flow.toAfterNat().address(), "")))
                .filter(view -> !view.from().isEmpty() || !view.to().isEmpty())
                .sorted(Comparator.comparing(FlowView::name)
                        .thenComparing(view -> view.flow().protocol())
                        .thenComparing(view -> view.flow().from().toString())
                        .thenComparing(view -> view.flow().to().toString()))
                .toList();
    }

    /** Returns the names of sandboxes by the addresses that they have; O(endpoints). */
    public static Map<String, String> names(Snapshot snapshot) {
        Map<String, String> names = new HashMap<>();
        snapshot.endpoints()
                .forEach(endpoint -> endpoint.addresses()
                        .forEach(each -> names.put(
                                each.address().toString(),
                                snapshot.sandbox(endpoint.sandbox())
                                        .map(Sandbox::name)
                                        .orElse(""))));
        return names;
    }

    private String name() {
        return from.isEmpty() ? to : from;
    }
}
