package dev.bailey.engine.plan;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an endpoint needs of the kernel. */
public final class EndpointPlan {
    private EndpointPlan() {}

    /** Returns the steps that join a sandbox to a network: two, whatever else exists. */
    public static List<Step> attach(Endpoint endpoint, Network network, Sandbox sandbox) {
        return List.of(
                new Step.CreateVeth(
                        endpoint.hostEnd(),
                        network.bridge(),
                        endpoint.mtuBytes(),
                        sandbox.netns(),
                        endpoint.interfaceName(),
                        endpoint.mac()),
                new Step.ConfigureSandboxEnd(
                        sandbox.netns(),
                        endpoint.interfaceName(),
                        endpoint.address(),
                        network.options().internal() ? Optional.empty() : Optional.of(endpoint.gateway())));
    }

    /** Returns the steps that put a host end right that is there but not a port of its bridge, or down. */
    public static List<Step> mendHostEnd(HostLink hostEnd, Network network, HostView host) {
        List<Step> steps = new ArrayList<>();
        InterfaceName name = new InterfaceName(hostEnd.name());
        int bridge = host.link(network.bridge().value()).map(HostLink::index).orElse(0);
        if (bridge == 0 || hostEnd.master() != bridge) {
            steps.add(new Step.SetMaster(name, network.bridge()));
        }
        if (!hostEnd.up()) {
            steps.add(new Step.SetLinkUp(name));
        }
        return steps;
    }
}
