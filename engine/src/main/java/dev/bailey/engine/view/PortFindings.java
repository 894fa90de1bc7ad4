package dev.bailey.engine.view;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.Finding.Severity;
import java.util.Comparator;
import java.util.List;

/** Published ports that somebody else wants as well; pure. */
final class PortFindings {
    private PortFindings() {}

    /** Whether a published port is in the way of somebody's, or the other way round; O(log ports). */
    static boolean concerns(Snapshot model, PortTaker taker) {
        return model.ports().conflict(taker.mapping()).isPresent();
    }

    /** A finding for each; O(takers × log ports). */
    static List<Finding> of(Snapshot model, List<PortTaker> takers) {
        return takers.stream()
                .sorted(Comparator.comparing(PortTaker::end).thenComparing(PortTaker::name))
                .flatMap(taker ->
                        model.ports().conflict(taker.mapping()).map(port -> clash(model, taker, port)).stream())
                .toList();
    }

    private static Finding clash(Snapshot model, PortTaker taker, PublishedPort port) {
        String sandbox = model.endpoint(port.endpoint())
                .map(Endpoint::sandbox)
                .flatMap(model::sandbox)
                .map(Sandbox::name)
                .orElse("a sandbox");
        String published = port.mapping().hostEnd() + ", published by " + sandbox + ",";
        return switch (taker.kind()) {
            case SOCKET ->
                new Finding(
                        Severity.WARNING,
                        published + " is wanted by " + taker.name() + " as well, which waits at " + taker.end(),
                        "what comes from outside goes to " + sandbox + "; the process gets nothing of it",
                        "let one of the two use another port");
            case RULE ->
                new Finding(
                        Severity.WARNING,
                        published + " is redirected by " + taker.name() + " at " + taker.end(),
                        "rules of others come first: " + sandbox + " gets nothing of what they redirect",
                        "publish one of the two at another port, or take that rule away");
        };
    }
}
