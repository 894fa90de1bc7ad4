package dev.bailey.engine.plan;

import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which endpoint of a sandbox has its default route: the one with the highest priority, of those the one whose network's
 * name comes first. Networks that give no default route do not count. Pure; O(the sandbox's endpoints).
 */
public final class DefaultRoutes {
    private DefaultRoutes() {}

    /** Returns the endpoint that has the default route when a sandbox has these, if one has. */
    public static Optional<Endpoint> holder(Collection<Endpoint> endpoints, Snapshot model) {
        return endpoints.stream()
                .filter(endpoint -> model.network(endpoint.network())
                        .filter(Network::givesDefaultRoute)
                        .isPresent())
                .min(Comparator.comparing(Endpoint::gatewayPriority, Comparator.reverseOrder())
                        .thenComparing(endpoint -> networkName(endpoint, model))
                        .thenComparing(endpoint -> endpoint.interfaceName().value()));
    }

    /** Returns all of these with the one that has the default route last, so that whoever goes before leaves it alone. */
    public static List<Endpoint> holderLast(Collection<Endpoint> endpoints, Snapshot model) {
        Optional<Endpoint> holder = holder(endpoints, model);
        return endpoints.stream()
                .sorted(Comparator.comparing(
                        endpoint -> holder.filter(endpoint::equals).isPresent()))
                .toList();
    }

    private static String networkName(Endpoint endpoint, Snapshot model) {
        return model.network(endpoint.network()).map(Network::name).orElse("");
    }

    /** Returns the step that has a new endpoint have the default route instead of the others, if it is preferred. */
    static Optional<Step> taking(Endpoint endpoint, Collection<Endpoint> others, Sandbox sandbox, Snapshot model) {
        List<Endpoint> all = new ArrayList<>(others);
        all.add(endpoint);
        return holder(all, model)
                .filter(endpoint::equals)
                .map(_ -> move(sandbox, holder(others, model).orElse(endpoint), endpoint));
    }

    /** Returns the step that has another endpoint have the default route before one of the model goes, if one can. */
    public static Optional<Step> leaving(Endpoint endpoint, Sandbox sandbox, Snapshot model) {
        List<Endpoint> all = List.copyOf(model.endpointsOf(sandbox.id()));
        List<Endpoint> others =
                all.stream().filter(other -> !other.equals(endpoint)).toList();
        return holder(all, model)
                .filter(endpoint::equals)
                .flatMap(_ -> holder(others, model))
                .map(next -> move(sandbox, endpoint, next));
    }

    /** Returns the step that puts the default route of a sandbox of the model where it belongs, if it has one. */
    public static Optional<Step> settling(Sandbox sandbox, Snapshot model) {
        return holder(model.endpointsOf(sandbox.id()), model).map(holder -> move(sandbox, holder, holder));
    }

    private static Step move(Sandbox sandbox, Endpoint from, Endpoint to) {
        return new Step.MoveDefaultRoute(sandbox.netns(), hop(from), hop(to));
    }

    private static Step.Hop hop(Endpoint endpoint) {
        return new Step.Hop(endpoint.interfaceName(), endpoint.gateway());
    }
}
