package dev.bailey.engine.plan;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.SandboxStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an endpoint needs of the kernel. */
public final class EndpointPlan {
    private EndpointPlan() {}

    /**
     * Returns the steps that join a sandbox to a network: three, whatever else exists, a fourth where endpoints do not reach
     * each other, and where the sandbox has other endpoints one for each family that moves the default route if this one is
     * preferred, and one that has each of them answer by itself. The guard is there before the host end is, and the isolation before the sandbox end is up, so there is no moment without.
     *
     * @param model knows the sandbox's other endpoints
     */
    public static List<Step> attach(Endpoint endpoint, Network network, Sandbox sandbox, Snapshot model) {
        List<Step> steps = new ArrayList<>();
        Guard.of(endpoint, network).map(RuleStep.AddGuard::new).ifPresent(steps::add);
        steps.add(new LinkStep.CreateVeth(
                endpoint.hostEnd(),
                network.bridge(),
                endpoint.mtuBytes(),
                sandbox.netns(),
                endpoint.interfaceName(),
                endpoint.mac()));
        if (!network.options().icc()) {
            steps.add(new LinkStep.SetIsolated(endpoint.hostEnd(), true));
        }
        endpoint.limits().in().ifPresent(rate -> steps.add(new LinkStep.LimitHostEnd(endpoint.hostEnd(), rate)));
        endpoint.limits()
                .out()
                .ifPresent(rate ->
                        steps.add(new SandboxStep.LimitSandboxEnd(sandbox.netns(), endpoint.interfaceName(), rate)));
        List<Endpoint> others = model.endpointsOf(sandbox.id()).stream()
                .filter(other -> !other.id().equals(endpoint.id()))
                .toList();
        boolean first = others.isEmpty() && network.givesDefaultRoute();
        boolean firstOfIpv6 = others.isEmpty() && network.givesIpv6DefaultRoute();
        steps.add(new SandboxStep.ConfigureSandboxEnd(
                sandbox.netns(),
                endpoint.interfaceName(),
                endpoint.ipv4()
                        .map(part -> new SandboxStep.Ipv4End(
                                part.address(), Optional.of(part.gateway()).filter(_ -> first))),
                endpoint.ipv6()
                        .map(part -> new SandboxStep.Ipv6End(
                                part.address(), Optional.of(part.gateway()).filter(_ -> firstOfIpv6))),
                endpoint.settings()));
        if (!others.isEmpty()) {
            steps.addAll(DefaultRoutes.taking(endpoint, others, sandbox, model));
        }
        return steps;
    }

    /** Returns the steps that make both ends anew, whatever is there of them. */
    public static List<Step> remake(Endpoint endpoint, Network network, Sandbox sandbox, Snapshot model) {
        List<Step> steps = new ArrayList<>(List.of(new LinkStep.RemoveLink(endpoint.hostEnd())));
        steps.addAll(attach(endpoint, network, sandbox, model));
        return steps;
    }

    /** Returns the step that a host end needs behind those that make it, or make it a port again, if its endpoint publishes. */
    public static List<Step> hairpin(Endpoint endpoint, PublishedPorts ports) {
        return ports.of(endpoint.id()).isEmpty()
                ? List.of()
                : List.of(new LinkStep.SetHairpin(endpoint.hostEnd(), true));
    }

    /** Returns the steps that make a host end a port again of a bridge that was made anew. */
    static List<Step> rejoin(Endpoint endpoint, Network network) {
        List<Step> steps = new ArrayList<>(List.of(new LinkStep.SetMaster(endpoint.hostEnd(), network.bridge())));
        if (!network.options().icc()) {
            steps.add(new LinkStep.SetIsolated(endpoint.hostEnd(), true));
        }
        return steps;
    }

    /** Returns the steps that put a host end right that is there but not a port of its bridge, not isolated, or down. */
    public static List<Step> mendHostEnd(
            Endpoint endpoint, HostLink hostEnd, Network network, HostView host, PublishedPorts ports) {
        List<Step> steps = new ArrayList<>();
        InterfaceName name = endpoint.hostEnd();
        int bridge = host.link(network.bridge().value()).map(HostLink::index).orElse(0);
        boolean elsewhere = bridge == 0 || hostEnd.master() != bridge;
        if (elsewhere) {
            steps.add(new LinkStep.SetMaster(name, network.bridge()));
        }
        if (hostEnd.isolated() == network.options().icc()
                || elsewhere && !network.options().icc()) {
            steps.add(new LinkStep.SetIsolated(name, !network.options().icc()));
        }
        boolean publishes = !ports.of(endpoint.id()).isEmpty();
        if (hostEnd.hairpin() != publishes || elsewhere && publishes) {
            steps.add(new LinkStep.SetHairpin(name, publishes));
        }
        endpoint.limits()
                .in()
                .filter(rate -> !hostEnd.limit().equals(Optional.of(rate)))
                .ifPresent(rate -> steps.add(new LinkStep.LimitHostEnd(name, rate)));
        if (!hostEnd.up()) {
            steps.add(new LinkStep.SetLinkUp(name));
        }
        return steps;
    }
}
