package dev.bailey.engine.plan;

import dev.bailey.engine.kernel.SandboxStep;
import dev.bailey.engine.kernel.SandboxStep.SourceRoute;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which endpoint of a sandbox has its default route, for each family by itself: the one with the highest priority, of those
 * the one whose network's name comes first. Networks that give no default route do not count. Pure; O(the sandbox's
 * endpoints).
 */
public final class DefaultRoutes {
    private DefaultRoutes() {}

    /** Returns the endpoint that has the IPv4 default route when a sandbox has these, if one has. */
    public static Optional<Endpoint> holder(Collection<Endpoint> endpoints, Snapshot model) {
        return holder(IpFamily.IPV4, endpoints, model);
    }

    /** Returns the endpoint that has the IPv6 default route when a sandbox has these, if one has. */
    public static Optional<Endpoint> ipv6Holder(Collection<Endpoint> endpoints, Snapshot model) {
        return holder(IpFamily.IPV6, endpoints, model);
    }

    private static Optional<Endpoint> holder(IpFamily family, Collection<Endpoint> endpoints, Snapshot model) {
        return endpoints.stream()
                .filter(endpoint -> gives(family, endpoint, model))
                .min(Comparator.comparing(Endpoint::gatewayPriority, Comparator.reverseOrder())
                        .thenComparing(endpoint -> networkName(endpoint, model))
                        .thenComparing(endpoint -> endpoint.interfaceName().value()));
    }

    private static boolean gives(IpFamily family, Endpoint endpoint, Snapshot model) {
        return model.network(endpoint.network())
                .filter(network -> switch (family) {
                    case IPV4 -> endpoint.ipv4().isPresent() && network.givesDefaultRoute();
                    case IPV6 -> endpoint.ipv6().isPresent() && network.givesIpv6DefaultRoute();
                })
                .isPresent();
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

    /**
     * Returns the steps that have a new endpoint have the default routes instead of the others that it is preferred for,
     * and each of them answer by itself.
     */
    static List<Step> taking(Endpoint endpoint, Collection<Endpoint> others, Sandbox sandbox, Snapshot model) {
        List<Endpoint> all = new ArrayList<>(others);
        all.add(endpoint);
        List<Step> steps = new ArrayList<>(changed(sandbox, sourceRoutes(others, model), sourceRoutes(all, model)));
        steps.addAll(forEach(family -> holder(family, all, model)
                .filter(endpoint::equals)
                .map(_ -> move(family, sandbox, holder(family, others, model).orElse(endpoint), endpoint))));
        return steps;
    }

    /** Returns the steps that have others have the default routes of an endpoint of the model before it goes, where one can. */
    public static List<Step> leaving(Endpoint endpoint, Sandbox sandbox, Snapshot model) {
        List<Endpoint> all = List.copyOf(model.endpointsOf(sandbox.id()));
        List<Endpoint> others =
                all.stream().filter(other -> !other.equals(endpoint)).toList();
        List<Step> steps = new ArrayList<>(forEach(family -> holder(family, all, model)
                .filter(endpoint::equals)
                .flatMap(_ -> holder(family, others, model))
                .map(next -> move(family, sandbox, endpoint, next))));
        steps.addAll(changed(sandbox, sourceRoutes(all, model), sourceRoutes(others, model)));
        return steps;
    }

    /** Returns the step that a sandbox of the model needs before all of its endpoints go, if it needs one. */
    public static List<Step> leavingAll(Sandbox sandbox, Snapshot model) {
        return changed(sandbox, sourceRoutes(model.endpointsOf(sandbox.id()), model), Set.of());
    }

    /** Returns the steps that put the default routes of a sandbox of the model, and its source routes, where they belong. */
    public static List<Step> settling(Sandbox sandbox, Snapshot model) {
        Collection<Endpoint> all = model.endpointsOf(sandbox.id());
        List<Step> steps = new ArrayList<>(
                forEach(family -> holder(family, all, model).map(holder -> move(family, sandbox, holder, holder))));
        Set<SourceRoute> routes = sourceRoutes(all, model);
        steps.add(new SandboxStep.CommitSourceRoutes(sandbox.netns(), routes, routes));
        return steps;
    }

    /**
     * Returns where the endpoints of a sandbox leave, if several could have its default route: answers to what comes in by one
     * of them, to a published port for example, have its address and would be lost on any other way. That is so for the one with
     * the default route as well: whoever asks may be a neighbour of another one.
     */
    private static Set<SourceRoute> sourceRoutes(Collection<Endpoint> endpoints, Snapshot model) {
        Set<SourceRoute> routes = new HashSet<>();
        for (IpFamily family : IpFamily.values()) {
            List<Endpoint> several = endpoints.stream()
                    .filter(endpoint -> gives(family, endpoint, model))
                    .toList();
            if (several.size() > 1) {
                several.forEach(endpoint -> routes.add(sourceRoute(family, endpoint, endpoints)));
            }
        }
        return routes;
    }

    private static SourceRoute sourceRoute(IpFamily family, Endpoint endpoint, Collection<Endpoint> all) {
        Set<IpSubnet> beyond = all.stream()
                .filter(other -> !other.equals(endpoint))
                .flatMap(other -> other.address(family).map(LinkAddress::ipSubnet).stream())
                .collect(Collectors.toSet());
        return new SourceRoute(endpoint.address(family).orElseThrow(), hop(family, endpoint), beyond);
    }

    private static List<Step> changed(Sandbox sandbox, Set<SourceRoute> before, Set<SourceRoute> wanted) {
        return before.equals(wanted)
                ? List.of()
                : List.of(new SandboxStep.CommitSourceRoutes(sandbox.netns(), before, wanted));
    }

    private static List<Step> forEach(Function<IpFamily, Optional<Step>> step) {
        return Stream.of(IpFamily.values())
                .flatMap(family -> step.apply(family).stream())
                .toList();
    }

    private static Step move(IpFamily family, Sandbox sandbox, Endpoint from, Endpoint to) {
        return new SandboxStep.MoveDefaultRoute(sandbox.netns(), hop(family, from), hop(family, to));
    }

    private static SandboxStep.Hop hop(IpFamily family, Endpoint endpoint) {
        return new SandboxStep.Hop(
                endpoint.interfaceName(), endpoint.gateway(family).orElseThrow());
    }
}
