package dev.bailey.engine;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Network;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By which ways packets leave the host, as far as that is not as for everybody. For tasks of the writer, one at a time.
 *
 * <p>There is something to be done where a network or an endpoint asks for it, and on a host with several uplinks: there what
 * comes in by one is answered by the same. Everywhere else nothing is. It is so of each family by itself, with the same
 * numbers for the same ways.
 */
final class WaysOut {
    private static final Logger LOG = LoggerFactory.getLogger(WaysOut.class);

    private final List<FamilyWays> families;

    WaysOut(Records records) {
        WayNumbers numbers = new WayNumbers(records);
        families = Stream.of(IpFamily.values())
                .map(family -> new FamilyWays(family, numbers))
                .toList();
    }

    /**
     * Refuses a network with a way out that its packets would not take.
     *
     * @throws EngineException INVALID_ARGUMENT
     */
    void check(Network network) {
        network.options().way().ifPresent(way -> {
            refuseOwnBridge(way, network);
            if (way instanceof EgressWay.Uplink(InterfaceName link)) {
                families.stream()
                        .filter(family -> family.isMissing(link, network))
                        .forEach(family -> LOG.warn(
                                "network {} is to leave by {}, which has no {} default route now: until it has one, such"
                                        + " packets leave as everybody's do",
                                network.name(),
                                link,
                                family.family()));
            }
        });
    }

    /**
     * Refuses what an endpoint of a network cannot have.
     *
     * @throws EngineException INVALID_ARGUMENT
     */
    static void check(Egress egress, Network network) {
        if (egress.isNone()) {
            return;
        }
        egress.way().ifPresent(way -> refuseOwnBridge(way, network));
        if (network.options().internal()) {
            throw invalid(
                    "network " + network.name() + " is internal, nothing leaves it: leave out how it is to leave");
        }
        egress.sourceAddress().filter(_ -> network.ipv4().isEmpty()).ifPresent(address -> {
            throw cannotLeaveWith(address, network);
        });
        egress.ipv6SourceAddress().filter(_ -> network.ipv6().isEmpty()).ifPresent(address -> {
            throw cannotLeaveWith(address, network);
        });
        if (!egress.allowed().isEmpty() && !network.options().guarded()) {
            throw invalid("on network " + network.name() + " everybody may send as whom they like, which an allow list"
                    + " would not hold: leave it out, or join a network with the guard on");
        }
    }

    private static EngineException cannotLeaveWith(IpAddress address, Network network) {
        return invalid("network " + network.name() + " has no " + address.family() + ", and nothing leaves it with "
                + address + ": leave the address out, or join a network with " + address.family());
    }

    private static void refuseOwnBridge(EgressWay way, Network network) {
        if (way.equals(new EgressWay.Uplink(network.bridge()))) {
            throw invalid(network.bridge() + " is the bridge of network " + network.name()
                    + " and no uplink: name a link" + " with a default route, like eth1");
        }
    }

    private static EngineException invalid(String message) {
        return new EngineException(ErrorCode.INVALID_ARGUMENT, message);
    }

    /** Keeps in mind which default routes a host has. */
    void learn(HostView host) {
        families.forEach(family -> family.learn(host));
    }

    /** Takes in endpoints that an earlier process attached. */
    void remember(Collection<Endpoint> endpoints) {
        endpoints.forEach(this::add);
    }

    private void add(Endpoint endpoint) {
        families.forEach(family -> family.add(endpoint));
    }

    /**
     * The steps that bring the kernel to what these networks and the endpoints need; none where nothing is needed and nothing
     * is there. O(networks + endpoints that leave in ways of their own).
     */
    List<Step> commit(Collection<Network> networks) {
        return families.stream().flatMap(family -> family.commit(networks)).toList();
    }

    /** Steps have been carried out; those of others do not matter. */
    void applied(List<Step> steps) {
        steps.forEach(step -> families.forEach(family -> family.applied(step)));
    }

    /**
     * The steps before an endpoint's links are made, none for one that leaves as its network says; O(its allow list) when its
     * way is in use.
     */
    List<Step> arriving(Endpoint endpoint, Supplier<List<Network>> networks) {
        return families.stream()
                .flatMap(family -> family.arriving(endpoint, networks))
                .toList();
    }

    /** An endpoint has arrived, by steps that have been carried out. */
    void arrived(Endpoint endpoint, List<Step> steps) {
        applied(steps);
        add(endpoint);
    }

    /** The steps after an endpoint's links are gone; O(its allow list) unless it was the last one of its way. */
    List<Step> left(Endpoint endpoint, Supplier<List<Network>> networks) {
        return families.stream()
                .flatMap(family -> family.left(endpoint, networks))
                .toList();
    }
}
