package dev.bailey.engine;

import dev.bailey.engine.kernel.HostChanges;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.plan.EndpointPlan;
import dev.bailey.engine.plan.Ipv6Settings;
import dev.bailey.engine.plan.PortPlan;
import dev.bailey.engine.plan.Repair;
import dev.bailey.engine.plan.Suspects;
import dev.bailey.engine.uplink.UplinkState;
import dev.bailey.engine.uplink.Uplinks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what may be broken, and at nothing else. For tasks of the writer, one at a time, but for {@link #suspects}. */
final class Damage {
    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    private static final String ON = "1";

    private final EngineOptions options;
    private final Kernel kernel;
    private final EngineState state;
    private final Networks networks;
    private final Consumer<Endpoint> lost;
    private volatile Suspects.Known known = Suspects.Known.NOTHING;

    /**
     * Looks through a kernel.
     *
     * @param lost takes the endpoints whose namespace turns out to be gone
     */
    Damage(EngineOptions options, Kernel kernel, EngineState state, Networks networks, Consumer<Endpoint> lost) {
        this.options = options;
        this.kernel = kernel;
        this.state = state;
        this.networks = networks;
        this.lost = lost;
    }

    /** What a report gives reason to look at. Any thread; O(what is reported). */
    Suspects suspects(HostChanges changes) {
        return Suspects.of(changes, state.snapshot(), known);
    }

    /** Keeps in mind which links are uplinks, and which bridges are missing. */
    void learn(HostView host) {
        known = Suspects.Known.of(host, state.snapshot());
    }

    UplinkState uplinks() {
        return known.uplinks();
    }

    /** The smallest MTU of the uplinks in bytes, as they were last seen; Ethernet's where there are none. */
    int uplinkMtu() {
        return known.uplinks().links().stream()
                .mapToInt(HostView.HostLink::mtuBytes)
                .min()
                .orElse(Uplinks.DEFAULT_MTU_BYTES);
    }

    Optional<Repair> ofRules() {
        return Repair.ofRules(
                options.firewallBackend().toString(),
                kernel.brokenRules(),
                Stream.concat(
                                Stream.of(networks.rules(networks.inUse()), new RuleStep.CommitGuards(state.guards())),
                                networks.waysOut().commit(networks.inUse()).stream())
                        .toList());
    }

    /** The settings that must have a value: one of them sets others as well, so it comes first. */
    Map<String, String> settings() {
        Map<String, String> wanted = new LinkedHashMap<>();
        List<Network> inUse = networks.inUse();
        if (options.forwarding()) {
            wanted.put(Forwarding.IPV4, ON);
            inUse.forEach(network ->
                    wanted.put("net.ipv4.conf." + network.bridge().value().replace('.', '/') + ".forwarding", ON));
        }
        inUse.forEach(network -> {
            PortPlan.setting(network, PortPlan.on(state.snapshot(), network)).ifPresent(name -> wanted.put(name, ON));
            if (network.ipv6().isPresent()) {
                if (options.forwarding()) {
                    wanted.put(Ipv6Settings.FORWARDING, ON);
                }
                wanted.putAll(Ipv6Settings.of(network));
            }
        });
        return wanted;
    }

    Optional<Repair> ofSetting(String name, String wanted) {
        return kernel.readSetting(name).flatMap(is -> Repair.ofSetting(name, wanted, is));
    }

    List<Repair> ofNetworks(Suspects suspects) {
        List<Network> looked = networks.inUse().stream()
                .filter(network -> suspects.networks().contains(network.id()))
                .toList();
        HostView seen = kernel.observe(looked.stream().map(Network::bridge).toList());
        List<Repair> repairs = new ArrayList<>();
        for (Network network : looked) {
            boolean returned = network.owner() == BridgeOwner.OPERATOR && hasReturned(network, seen);
            Snapshot model = state.snapshot();
            Repair.of(network, seen, model.endpointsOn(network.id()), model.ports(), returned, kernel::readSetting)
                    .ifPresent(repairs::add);
        }
        return repairs;
    }

    /** Whether a bridge of the operator's is there again after it was not: its ports have to be told. */
    private boolean hasReturned(Network network, HostView seen) {
        Set<InterfaceName> absent = new HashSet<>(known.absent());
        boolean isThere = seen.link(network.bridge().value()).isPresent();
        boolean changed = isThere ? absent.remove(network.bridge()) : absent.add(network.bridge());
        known = new Suspects.Known(known.uplinks(), absent);
        if (changed && !isThere) {
            LOG.warn(
                    "bridge {} of network {} is gone; it is the operator's, who has to make it again",
                    network.bridge(),
                    network.name());
        }
        seen.link(network.bridge().value())
                .flatMap(link -> network.ipv4()
                        .map(NetworkIpv4::bridgeAddress)
                        .filter(address -> !link.addresses().contains(address)))
                .ifPresent(address -> LOG.warn(
                        "bridge {} has no longer the address {} that network {} has from it; it is the operator's: give"
                                + " it back, or restart the daemon to have another taken over",
                        network.bridge(),
                        address,
                        network.name()));
        return changed && isThere;
    }

    List<Repair> ofEndpoints(Suspects suspects) {
        List<Endpoint> looked = suspects.endpoints().stream()
                .flatMap(id -> state.snapshot().endpoint(id).stream())
                .toList();
        Set<InterfaceName> links = new LinkedHashSet<>();
        looked.forEach(endpoint -> {
            links.add(network(endpoint).bridge());
            links.add(endpoint.hostEnd());
        });
        HostView seen = kernel.observe(links);
        return looked.stream().flatMap(endpoint -> of(endpoint, seen).stream()).toList();
    }

    private Network network(Endpoint endpoint) {
        return state.snapshot().network(endpoint.network()).orElseThrow();
    }

    private Optional<Repair> of(Endpoint endpoint, HostView seen) {
        Network network = network(endpoint);
        boolean halfMade = state.isUnfinished(endpoint.id());
        if (seen.link(endpoint.hostEnd().value()).isPresent() && !halfMade) {
            // A bridge that comes back takes its ports back by itself.
            boolean hasBridge = seen.link(network.bridge().value()).isPresent();
            return hasBridge
                    ? Repair.of(endpoint, network, seen, state.snapshot().ports())
                    : Optional.empty();
        }
        var sandbox = state.snapshot().sandbox(endpoint.sandbox()).orElseThrow();
        if (!Recovery.lives(kernel, sandbox)) {
            lost.accept(endpoint);
            return Optional.empty();
        }
        List<Step> steps = halfMade
                ? EndpointPlan.remake(endpoint, network, sandbox, state.snapshot())
                : EndpointPlan.attach(endpoint, network, sandbox, state.snapshot());
        List<Step> all = new ArrayList<>(steps);
        all.addAll(EndpointPlan.hairpin(endpoint, state.snapshot().ports()));
        return Optional.of(Repair.ofLostEnd(endpoint, sandbox, all));
    }
}
