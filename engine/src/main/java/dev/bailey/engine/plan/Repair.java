package dev.bailey.engine.plan;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.kernel.RuleDamage;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.SandboxStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.BrokenPart;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Sandbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be done about one broken part.
 *
 * @param part the part
 * @param cause what to look at again to find out whether it is broken still
 * @param what what is wrong with it, in a few words
 * @param steps what mends it, in order
 * @param remade the endpoint whose links are made anew, all or nothing; without one, a step that fails does not stop the
 *     others
 */
public record Repair(BrokenPart part, Suspects cause, String what, List<Step> steps, Optional<EndpointId> remade) {
    /** Copies the steps. */
    public Repair {
        steps = List.copyOf(steps);
    }

    /**
     * Compares a network's bridge with what it should be. When it has to be made anew, its ports come back to it.
     *
     * @param seen the bridge as it is, if it is there, with the routes through it
     * @param endpoints the endpoints on the network
     * @param ports all that is published
     * @param returned whether the bridge was not there before, and is the operator's
     * @param read reads a setting of the kernel; empty where there is none
     * @return empty when nothing is wrong, or nothing can be done: a bridge of the operator's own is never made
     */
    public static Optional<Repair> of(
            Network network,
            HostView seen,
            Collection<Endpoint> endpoints,
            PublishedPorts ports,
            boolean returned,
            Function<String, Optional<String>> read) {
        List<Step> steps = new ArrayList<>(NetworkPlan.bridge(network, seen, read));
        Optional<HostLink> bridge = seen.link(network.bridge().value());
        boolean made = bridge.isEmpty() && network.owner() == BridgeOwner.ENGINE;
        if (made || returned) {
            endpoints.forEach(endpoint -> {
                steps.addAll(EndpointPlan.rejoin(endpoint, network));
                steps.addAll(EndpointPlan.hairpin(endpoint, ports));
            });
            steps.addAll(settings(network, endpoints, ports));
        }
        if (bridge.isPresent() && network.owner() == BridgeOwner.ENGINE && steps.isEmpty()) {
            network.ipv4()
                    .filter(part -> lacksRoute(part, bridge.get(), seen))
                    .ifPresent(part -> steps.add(new LinkStep.AddRoute(network.bridge(), part.bridgeAddress())));
        }
        String what = made || returned ? "was gone" : words(steps);
        Set<EndpointId> again =
                made || returned ? endpoints.stream().map(Endpoint::id).collect(Collectors.toSet()) : Set.of();
        Suspects cause = new Suspects(Set.of(network.id()), again, false, false, false);
        return repair(new BrokenPart(BrokenPart.Kind.LINK, network.bridge().value()), cause, what, steps);
    }

    /** The settings of a link go with it, so those of a new one are off. */
    private static List<Step> settings(Network network, Collection<Endpoint> endpoints, PublishedPorts ports) {
        List<PublishedPort> own = endpoints.stream()
                .flatMap(endpoint -> ports.of(endpoint.id()).stream())
                .toList();
        return PortPlan.settings(network, own, _ -> Optional.of("0"));
    }

    private static boolean lacksRoute(NetworkIpv4 part, HostLink bridge, HostView seen) {
        return bridge.addresses().contains(part.bridgeAddress())
                && seen.routes().stream()
                        .noneMatch(route -> route.link() == bridge.index()
                                && route.destination().equals(part.subnet()));
    }

    /**
     * Compares an endpoint's host end with what it should be; pure.
     *
     * @param seen the host end and its network's bridge, as far as they are there
     * @param ports all that is published
     * @return empty when nothing is wrong, or the host end is gone: then it is not to be mended but made anew
     */
    public static Optional<Repair> of(Endpoint endpoint, Network network, HostView seen, PublishedPorts ports) {
        List<Step> steps = seen.link(endpoint.hostEnd().value())
                .map(hostEnd -> EndpointPlan.mendHostEnd(endpoint, hostEnd, network, seen, ports))
                .orElse(List.of());
        BrokenPart part =
                new BrokenPart(BrokenPart.Kind.LINK, endpoint.hostEnd().value());
        return repair(part, Suspects.of(endpoint.id()), words(steps), steps);
    }

    /**
     * What is to be done about a host end that is gone, and the sandbox end with it, while the sandbox is there; pure.
     *
     * @param attach the steps that make both ends anew
     */
    public static Repair ofLostEnd(Endpoint endpoint, Sandbox sandbox, List<Step> attach) {
        BrokenPart part =
                new BrokenPart(BrokenPart.Kind.LINK, endpoint.hostEnd().value());
        String what = "was gone, with " + endpoint.interfaceName() + " of " + sandbox.name();
        return new Repair(part, Suspects.of(endpoint.id()), what, attach, Optional.of(endpoint.id()));
    }

    /** What is to be done about a setting that is not as the engine set it; pure. */
    public static Optional<Repair> ofSetting(String name, String wanted, String is) {
        List<Step> steps = is.equals(wanted) ? List.of() : List.of(new Step.WriteSetting(name, wanted, is));
        return repair(new BrokenPart(BrokenPart.Kind.SETTING, name), Suspects.ofSettings(), "was " + is, steps);
    }

    /**
     * What is to be done about rules that are not as the engine committed them; pure.
     *
     * @param backend what holds them
     * @param damage what is wrong with them; where that is only their place among those of others, the part is that place, for
     *     who fights for it must not delay the repair of rules
     * @param commits the steps that bring them to what is wanted
     */
    public static Optional<Repair> ofRules(String backend, RuleDamage damage, List<Step> commits) {
        List<Step> steps = damage.all().isEmpty() ? List.of() : commits;
        BrokenPart.Kind kind = damage.broken().isEmpty() ? BrokenPart.Kind.ORDER : BrokenPart.Kind.RULES;
        return repair(new BrokenPart(kind, backend), Suspects.ofRules(), String.join(", ", damage.all()), steps);
    }

    private static Optional<Repair> repair(BrokenPart part, Suspects cause, String what, List<Step> steps) {
        return steps.isEmpty() ? Optional.empty() : Optional.of(new Repair(part, cause, what, steps, Optional.empty()));
    }

    private static String words(List<Step> steps) {
        return steps.stream().flatMap(Repair::word).collect(Collectors.joining(", "));
    }

    private static Stream<String> word(Step step) {
        return switch (step) {
            case LinkStep.SetLinkUp _ -> Stream.of("was down");
            case LinkStep.SetMaster s -> Stream.of("was no port of " + s.bridge());
            case LinkStep.SetIsolated s -> Stream.of(s.isolated() ? "was not isolated" : "was isolated");
            case LinkStep.LimitHostEnd _ -> Stream.of("had not its limit");
            case LinkStep.SetHairpin s -> Stream.of(s.on() ? "had no hairpin mode" : "had hairpin mode");
            case LinkStep.AddAddress s -> Stream.of("had lost " + s.address());
            case LinkStep.AddRoute s ->
                Stream.of("had lost the route to " + s.address().subnet());
            case LinkStep.SetMtu s -> Stream.of("had MTU " + s.previous());
            case Step.WriteSetting s -> Stream.of("had " + s.name() + " " + s.previous());
            case LinkStep.CreateBridge _,
                    LinkStep.RemoveAddress _,
                    LinkStep.CreateVeth _,
                    LinkStep.RemoveLink _,
                    SandboxStep _,
                    RuleStep _ -> Stream.empty();
        };
    }
}
