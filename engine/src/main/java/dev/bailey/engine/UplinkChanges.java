package dev.bailey.engine;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.plan.NetworkPlan;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.StateRecord;
import dev.bailey.engine.uplink.UplinkState;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the links that traffic leaves the host through. For tasks of the writer, one at a time.
 *
 * <p>What leaves by any link but the networks' bridges is masqueraded, so only rules of ways out have to change. Connections that were bound to
 * what is gone are forgotten, and the MTU of each network whose own was not set becomes that of the smallest uplink.
 */
final class UplinkChanges {
    private static final Logger LOG = LoggerFactory.getLogger(UplinkChanges.class);

    private final EngineOptions options;
    private final Executor executor;
    private final Records records;
    private final EngineState state;
    private final Networks networks;
    private final Consumer<EngineEvent> events;

    UplinkChanges(
            EngineOptions options,
            Executor executor,
            Records records,
            EngineState state,
            Networks networks,
            Consumer<EngineEvent> events) {
        this.options = options;
        this.executor = executor;
        this.records = records;
        this.state = state;
        this.networks = networks;
        this.events = events;
    }

    /** Brings everything in line with the host as it is now; O(what the host has). */
    void follow(UplinkState before, HostView host) {
        UplinkState now = UplinkState.of(host);
        before.deadFlows(host)
                .forEach(dead -> attempt(List.of(new RuleStep.ForgetFlows(dead.addresses(), dead.elsewhere()))));
        lead(host);
        state.snapshot().networks().stream().filter(this::follows).forEach(network -> {
            OptionalInt mtuBytes = wantedMtu(network, now, host);
            if (mtuBytes.isPresent() && mtuBytes.getAsInt() != network.mtuBytes()) {
                change(network, network.withMtu(mtuBytes.getAsInt()));
            }
        });
        if (!now.names().equals(before.names())) {
            LOG.info("traffic leaves through {}", now.names().isEmpty() ? "nothing" : String.join(", ", now.names()));
            events.accept(new EngineEvent.UplinksChanged(now.names()));
        }
    }

    /** Packets that are to leave by what has gone leave as everybody's do until it is back. */
    private void lead(HostView host) {
        networks.waysOut().learn(host);
        List<Step> steps = networks.waysOut().commit(networks.inUse());
        attempt(steps);
        networks.waysOut().applied(steps);
    }

    /** Whether nobody asked for its MTU, nor is it on its way out. */
    private boolean follows(Network network) {
        boolean fixed = network.name().equals(Network.DEFAULT_NAME)
                ? options.defaultNetwork().mtuBytes().isPresent()
                : network.retired() || network.details().fixedMtu();
        return !fixed;
    }

    /** Empty while there is no uplink: the next one tells. */
    private static OptionalInt wantedMtu(Network network, UplinkState now, HostView host) {
        OptionalInt smallest = now.links().stream().mapToInt(HostLink::mtuBytes).min();
        return switch (network.owner()) {
            case ENGINE -> smallest;
            case OPERATOR ->
                host.link(network.bridge().value())
                        .map(bridge -> OptionalInt.of(Math.min(smallest.orElse(bridge.mtuBytes()), bridge.mtuBytes())))
                        .orElse(OptionalInt.empty());
        };
    }

    private void change(Network before, Network after) {
        records.append(new StateRecord.NetworkChanged(after));
        state.change(after);
        attempt(NetworkPlan.mtu(before, after, state.snapshot().endpointsOn(after.id())));
        LOG.info("network {}: MTU {}, as the smallest of the uplinks has", after.name(), after.mtuBytes());
    }

    private void attempt(List<Step> steps) {
        for (KernelException refusal : executor.applyEach(steps)) {
            LOG.warn("could not follow the uplinks: {}", refusal.getMessage());
        }
    }
}
