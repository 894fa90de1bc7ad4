package dev.bailey.engine.plan;

import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which endpoint of a sandbox has its default route, for each family by itself: the one with the highest priority, of those
 * the one whose network's name comes first. Networks that give no default route do not count. Pure; O(the sandbox's
 * endpoints).
 */
public final class DefaultRoutes {
    private DefaultRoutes() {}

    private enum Family {
        IPV4,
        IPV6
    }

    /** Returns the endpoint that has the IPv4 default route when a sandbox has these, if one has. */
    public static Optional<Endpoint> holder(Collection<Endpoint> endpoints, Snapshot model) {
        return holder(Family.IPV4, endpoints, model);
    }

    /** Returns the endpoint that has the IPv6 default route when a sandbox has these, if one has. */
    public static Optional<Endpoint> ipv6Holder(Collection<Endpoint> endpoints, Snapshot model) {
        return holder(Family.IPV6, endpoints, model);
    }

    private static Optional<Endpoint> holder(Family family, Collection<Endpoint> endpoints, Snapshot model) {
        return endpoints.stream()
                .filter(endpoint -> model.network(endpoint.network())
                        .filter(network -> gives(family, endpoint, network))
                        .isPresent())
                .min(Comparator.comparing(Endpoint::gatewayPriority, Comparator.reverseOrder())
                        .thenComparing(endpoint -> networkName(endpoint, model))
                        .thenComparing(endpoint -> endpoint.interfaceName().value()));
    }

    private static boolean gives(Family family, Endpoint endpoint, Network network) {
        return switch (family) {
            case IPV4 -> network.givesDefaultRoute();
            case IPV6 -> endpoint.ipv6().isPresent() && network.givesIpv6DefaultRoute();
        };
    }

    /** Returns all of these with those that have a default route last, so that whoever goes before leaves it alone. */
    public static List<Endpoint> holderLast(Collection<Endpoint> endpoints, Snapshot model) {
        Optional<Endpoint> holder = holder(endpoints, model);
        Optional<Endpoint> ipv6Holder = ipv6Holder(endpoints, model);
        return endpoints.stream()
                .sorted(Comparator.comparing((Endpoint endpoint) ->
                                holder.filter(endpoint::equals).isPresent())
                        .thenComparing(
                                endpoint -> ipv6Holder.filter(endpoint::equals).isPresent()))
                .toList();
    }

    private static String networkName(Endpoint endpoint, Snapshot model) {
        return model.network(endpoint.network()).map(Network::name).orElse("");
    }

    /** Returns the steps that have a new endpoint have the default routes instead of the others that it is preferred for. */
    static List<Step> taking(Endpoint endpoint, Collection<Endpoint> others, Sandbox sandbox, Snapshot model) {
        List<Endpoint> all = new ArrayList<>(others);
        all.add(endpoint);
        return forEach(family -> holder(family, all, model)
                .filter(endpoint::equals)
                .map(_ -> move(family, sandbox, holder(family, others, model).orElse(endpoint), endpoint)));
    }

    /** Returns the steps that have others have the default routes of an endpoint of the model before it goes, where one can. */
    public static List<Step> leaving(Endpoint endpoint, Sandbox sandbox, Snapshot model) {
        List<Endpoint> all = List.copyOf(model.endpointsOf(sandbox.id()));
        List<Endpoint> others =
                all.stream().filter(other -> !other.equals(endpoint)).toList();
        return forEach(family -> holder(family, all, model)
                .filter(endpoint::equals)
                .flatMap(_ -> holder(family, others, model))
                .map(next -> move(family, sandbox, endpoint, next)));
    }

    /** Returns the steps that put the default routes of a sandbox of the model where they belong, if it has any. */
    public static List<Step> settling(Sandbox sandbox, Snapshot model) {
        return forEach(family -> holder(family, model.endpointsOf(sandbox.id()), model)
                .map(holder -> move(family, sandbox, holder, holder)));
    }

    private static List<Step> forEach(Function<Family, Optional<Step>> step) {
        return Stream.of(Family.values())
                .flatMap(family -> step.apply(family).stream())
                .toList();
    }

    private static Step move(Family family, Sandbox sandbox, Endpoint from, Endpoint to) {
        return new Step.MoveDefaultRoute(sandbox.netns(), hop(family, from), hop(family, to));
    }

    private static Step.Hop hop(Family family, Endpoint endpoint) {
        IpAddress gateway = switch (family) {
            case IPV4 -> endpoint.gateway();
            case IPV6 -> endpoint.ipv6().orElseThrow().gateway();
        };
        return new Step.Hop(endpoint.interfaceName(), gateway);
    }
}
