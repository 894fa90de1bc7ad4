package dev.bailey.engine.plan;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.SandboxStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What to do at start: the difference between what the store remembers and what the kernel has.
 *
 * <p>Two rules. A link that is there proves that its sandbox lives, so a settled endpoint whose host end exists is kept,
 * whatever became of the path of its namespace: a running container is never harmed. What was begun and not finished, an
 * attach or a detach, is taken away: nobody was told that the one had happened, and the other was asked for.
 *
 * @param removals host ends to remove, at once and together
 * @param steps what to mend, in order; each on its own, a failure of one does not stop the others
 * @param remakes settled endpoints whose links are gone or half made, while their sandboxes live
 * @param goneEndpoints endpoints to forget, their leases free
 * @param goneSandboxes sandboxes to forget
 */
public record RecoveryPlan(
        List<InterfaceName> removals,
        List<Step> steps,
        List<Endpoint> remakes,
        List<Endpoint> goneEndpoints,
        List<Sandbox> goneSandboxes) {

    /** Copies the lists. */
    public RecoveryPlan {
        removals = List.copyOf(removals);
        steps = List.copyOf(steps);
        remakes = List.copyOf(remakes);
        goneEndpoints = List.copyOf(goneEndpoints);
        goneSandboxes = List.copyOf(goneSandboxes);
    }

    /**
     * What the store remembers.
     *
     * @param networks every network, its bridge already in place
     * @param sandboxes every sandbox
     * @param settled the endpoints that were attached
     * @param halfMade those of them whose links were being made anew
     * @param unsettled the endpoints whose attach or detach was begun and not finished
     * @param ports what the settled ones publish
     */
    public record Remembered(
            List<Network> networks,
            List<Sandbox> sandboxes,
            List<Endpoint> settled,
            Set<EndpointId> halfMade,
            List<Endpoint> unsettled,
            PublishedPorts ports) {

        /** Copies the lists. */
        public Remembered {
            networks = List.copyOf(networks);
            sandboxes = List.copyOf(sandboxes);
            settled = List.copyOf(settled);
            halfMade = Set.copyOf(halfMade);
            unsettled = List.copyOf(unsettled);
        }
    }

    /**
     * Compares; O(links + sandboxes + endpoints), pure but for the predicate.
     *
     * @param host the host, observed after the bridges were put in place
     * @param lives whether a sandbox's path still leads to the namespace it led to
     */
    public static RecoveryPlan of(Remembered remembered, HostView host, Predicate<Sandbox> lives) {
        Comparison comparison = new Comparison(remembered, host, lives);
        remembered.unsettled().forEach(comparison::takeAway);
        remembered.settled().forEach(comparison::settle);
        return comparison.plan();
    }

    private static final class Comparison {
        private final Map<String, HostLink> links = new HashMap<>();
        private final Map<NetworkId, Network> networks = new HashMap<>();
        private final Map<SandboxId, Sandbox> sandboxes = new HashMap<>();
        private final Set<SandboxId> living = new HashSet<>();
        private final Set<SandboxId> inUse = new HashSet<>();
        private final HostView host;
        private final List<InterfaceName> removals = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final Set<EndpointId> halfMade;
        private final PublishedPorts ports;
        private final List<Endpoint> remakes = new ArrayList<>();
        private final List<Endpoint> gone = new ArrayList<>();

        Comparison(Remembered remembered, HostView host, Predicate<Sandbox> lives) {
            this.host = host;
            this.halfMade = remembered.halfMade();
            this.ports = remembered.ports();
            host.links().forEach(link -> links.put(link.name(), link));
            remembered.networks().forEach(network -> networks.put(network.id(), network));
            remembered.sandboxes().forEach(sandbox -> {
                sandboxes.put(sandbox.id(), sandbox);
                if (lives.test(sandbox)) {
                    living.add(sandbox.id());
                }
            });
        }

        void takeAway(Endpoint endpoint) {
            gone.add(endpoint);
            if (links.containsKey(endpoint.hostEnd().value())) {
                removals.add(endpoint.hostEnd());
            }
        }

        void settle(Endpoint endpoint) {
            Network network = networks.get(endpoint.network());
            Sandbox sandbox = sandboxes.get(endpoint.sandbox());
            HostLink hostEnd = links.get(endpoint.hostEnd().value());
            if (network == null || sandbox == null) {
                takeAway(endpoint);
            } else if (hostEnd != null && !halfMade.contains(endpoint.id())) {
                inUse.add(sandbox.id());
                steps.addAll(EndpointPlan.mendHostEnd(endpoint, hostEnd, network, host, ports));
            } else if (living.contains(sandbox.id())) {
                inUse.add(sandbox.id());
                remakes.add(endpoint);
            } else {
                takeAway(endpoint);
            }
        }

        RecoveryPlan plan() {
            List<Sandbox> goneSandboxes =
                    sandboxes.values().stream().filter(this::isGone).toList();
            goneSandboxes.stream()
                    .filter(Sandbox::owned)
                    .forEach(sandbox -> steps.add(new SandboxStep.RemoveNamespace(sandbox.netns())));
            return new RecoveryPlan(removals, steps, remakes, gone, goneSandboxes);
        }

        /** A namespace of the engine's own lives as long as its file; one of others matters while it has an endpoint. */
        private boolean isGone(Sandbox sandbox) {
            return !inUse.contains(sandbox.id()) && !(sandbox.owned() && living.contains(sandbox.id()));
        }
    }
}
