package dev.bailey.engine.plan;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a network needs of its bridge. */
public final class NetworkPlan {
    private NetworkPlan() {}

    /**
     * Returns the steps that bring a network's bridge from what it is to what it should be; none where all is right.
     * Addresses that an operator added to the bridge stay.
     *
     * @throws EngineException CONFLICT when another kind of link has the bridge's name
     */
    public static List<Step> bridge(Network network, HostView host) {
        Optional<HostLink> present = host.link(network.bridge().value());
        return present.isPresent() ? mend(network, present.get()) : create(network);
    }

    private static List<Step> create(Network network) {
        return List.of(
                new Step.CreateBridge(network.bridge(), network.mtuBytes(), MacAddress.derivedFrom(network.gateway())),
                new Step.AddAddress(network.bridge(), network.gatewayAddress()),
                new Step.SetLinkUp(network.bridge()));
    }

    private static List<Step> mend(Network network, HostLink link) {
        if (link.kind() != LinkKind.BRIDGE) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "link " + link.name() + " is there already and is not a bridge: network " + network.name()
                            + " needs that name, rename or remove the link");
        }
        List<Step> steps = new ArrayList<>();
        if (link.mtuBytes() != network.mtuBytes()) {
            steps.add(new Step.SetMtu(network.bridge(), network.mtuBytes(), link.mtuBytes()));
        }
        if (!link.addresses().contains(network.gatewayAddress())) {
            steps.add(new Step.AddAddress(network.bridge(), network.gatewayAddress()));
        }
        if (!link.up()) {
            steps.add(new Step.SetLinkUp(network.bridge()));
        }
        return steps;
    }
}
