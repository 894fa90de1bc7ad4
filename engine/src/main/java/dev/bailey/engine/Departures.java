package dev.bailey.engine;

import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.plan.DefaultRoutes;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.StateRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Endpoints on their way out: nobody sees them any more, but their addresses, their sandboxes and their networks are kept
 * for them until their links are gone. For tasks of the writer, one at a time.
 */
final class Departures {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final Kernel kernel;
    private final Executor executor;
    private final Records records;
    private final EngineState state;
    private final Networks networks;
    private final Ports ports;
    private final SandboxRoutes routes;
    private final Consumer<Runnable> writer;
    private final Consumer<EngineEvent> events;
    private final Consumer<Endpoint> staying;
    private final Runnable compareLater;
    private final Map<EndpointId, CompletableFuture<Void>> underWay = new HashMap<>();

    /** Endpoints that nobody has any more, with links that the kernel would not take back, and the end of their records. */
    private final Map<EndpointId, Leftover> leftovers = new HashMap<>();

    private record Leftover(Endpoint endpoint, StateRecord outcome) {}

    /**
     * Nobody leaves yet.
     *
     * @param staying takes the endpoints that could not leave and are back, for which nothing was done meanwhile
     * @param compareLater has the kernel compared with the model in a while
     */
    Departures(
            Kernel kernel,
            Executor executor,
            Records records,
            EngineState state,
            Networks networks,
            Ports ports,
            SandboxRoutes routes,
            Consumer<Runnable> writer,
            Consumer<EngineEvent> events,
            Consumer<Endpoint> staying,
            Runnable compareLater) {
        this.staying = staying;
        this.compareLater = compareLater;
        this.kernel = kernel;
        this.executor = executor;
        this.records = records;
        this.state = state;
        this.networks = networks;
        this.ports = ports;
        this.routes = routes;
        this.writer = writer;
        this.events = events;
    }

    /**
     * One journal entry here, the ports closed, the removal elsewhere, one entry after it: O(the endpoint's ports). In a
     * sandbox with several endpoints before them one step for each family that another one gets the default route of, and one
     * for the source routes, O(the sandbox's own rules and routes). What is returned is complete as soon as the link is gone,
     * and with the last link that had one the sandbox's resolver; the entry after it is queued by then, before whatever is
     * asked for next.
     */
    CompletableFuture<Void> detach(Endpoint endpoint) {
        Sandbox sandbox = state.snapshot().sandbox(endpoint.sandbox()).orElseThrow();
        List<Step> moved = DefaultRoutes.leaving(endpoint, sandbox, state.snapshot());
        try {
            if (!moved.isEmpty() && Recovery.lives(kernel, sandbox)) {
                executor.apply(moved);
            }
        } catch (KernelException refusal) {
            throw EngineException.of("give another endpoint of " + sandbox.name() + " its default route", refusal);
        }
        try {
            return depart(endpoint);
        } catch (EngineException refusal) {
            routes.settle(sandbox.id());
            throw refusal;
        }
    }

    private CompletableFuture<Void> depart(Endpoint endpoint) {
        records.append(new StateRecord.DetachIntended(endpoint.id()));
        ports.withdraw(endpoint);
        CompletableFuture<Void> namesEnded = state.withdraw(endpoint);
        return CompletableFuture.allOf(remove(endpoint), namesEnded);
    }

    private CompletableFuture<Void> remove(Endpoint endpoint) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        underWay.put(endpoint.id(), done);
        kernel.removeLinkLater(endpoint.hostEnd()).whenComplete((nothing, failure) -> {
            if (failure == null) {
                try {
                    writer.accept(() -> finish(endpoint));
                } finally {
                    done.complete(null);
                }
            } else {
                writer.accept(() -> giveUp(endpoint, failure, done));
            }
        });
        return done;
    }

    private void finish(Endpoint endpoint) {
        underWay.remove(endpoint.id());
        ports.left(endpoint);
        try {
            Leftover leftover = leftovers.remove(endpoint.id());
            if (leftover != null) {
                forget(endpoint, leftover.outcome());
            } else {
                Sandbox sandbox = forget(endpoint, new StateRecord.DetachDone(endpoint.id()));
                events.accept(new EngineEvent.EndpointDetached(endpoint, sandbox));
            }
            networks.removeIfUnused(endpoint.network());
        } catch (RuntimeException unexpected) {
            LOG.error(
                    "endpoint {} is gone, which led to an error", endpoint.id().shortForm(), unexpected);
        }
    }

    /** A guard that stays does no harm, its host end is never there again; but nobody else would take it away. */
    private void endGuard(Endpoint endpoint) {
        insist(new RuleStep.RemoveGuard(Guard.of(endpoint)));
    }

    /** Whether a network guards may have changed while one was leaving that is back. */
    private void settleGuard(Endpoint endpoint) {
        insist(state.snapshot()
                .network(endpoint.network())
                .flatMap(network -> Guard.of(endpoint, network))
                .<Step>map(RuleStep.AddGuard::new)
                .orElseGet(() -> new RuleStep.RemoveGuard(Guard.of(endpoint))));
    }

    private void insist(Step step) {
        boolean refused = !executor.applyEach(List.of(step)).isEmpty();
        if (refused && !executor.applyEach(List.of(step)).isEmpty()) {
            compareLater.run();
        }
    }

    private void giveUp(Endpoint endpoint, Throwable failure, CompletableFuture<Void> done) {
        underWay.remove(endpoint.id());
        if (!leftovers.containsKey(endpoint.id())) {
            state.add(endpoint);
            ports.giveBack(endpoint);
            var _ = state.followNames(endpoint.sandbox());
            routes.settle(endpoint.sandbox());
            settleGuard(endpoint);
            staying.accept(endpoint);
        }
        done.completeExceptionally(
                failure instanceof KernelException refusal
                        ? EngineException.of("detach endpoint " + endpoint.id().shortForm(), refusal)
                        : failure);
    }

    /** Forgets an endpoint whose link is gone, and with it a sandbox of others that has no more of them. */
    Sandbox forget(Endpoint endpoint, StateRecord outcome) {
        Sandbox sandbox = state.snapshot().sandbox(endpoint.sandbox()).orElseThrow();
        records.appendOutcome(outcome);
        endGuard(endpoint);
        List<Step> leadNoMore = networks.waysOut().left(endpoint, networks::inUse);
        leadNoMore.forEach(this::insist);
        networks.waysOut().applied(leadNoMore);
        state.release(endpoint);
        if (!sandbox.owned() && !state.isUsed(sandbox.id())) {
            records.appendOutcome(new StateRecord.SandboxRemoved(sandbox.id()));
            state.remove(sandbox.id());
        }
        return sandbox;
    }

    /**
     * Takes on an endpoint that failed and could not be taken back whole: it keeps its address, so that nobody else gets it,
     * until its link is gone. Its intent stands in the journal, so the next start would see to it as well.
     */
    void leaveOver(Endpoint endpoint) {
        takeOver(endpoint, new StateRecord.AttachUndone(endpoint.id()));
        var _ = remove(endpoint);
        routes.settle(endpoint.sandbox());
    }

    /** Takes on what a start could not remove, for later. */
    void takeOver(Endpoint endpoint, StateRecord outcome) {
        leftovers.put(endpoint.id(), new Leftover(endpoint, outcome));
        state.keep(endpoint);
    }

    /** Tries again to remove what is left over, where that is not under way. */
    void removeLeftovers() {
        leftovers.values().stream()
                .map(Leftover::endpoint)
                .filter(endpoint -> !underWay.containsKey(endpoint.id()))
                .toList()
                .forEach(endpoint -> {
                    var _ = remove(endpoint);
                });
    }

    /**
     * Detaches every endpoint of a sandbox; complete when they and all that were leaving before are gone. Where the journal
     * refuses in between, those that stay have the default route where it was.
     */
    CompletableFuture<Void> detachAll(SandboxId sandbox) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Endpoint endpoint : state.leaving(sandbox)) {
            CompletableFuture<Void> already = underWay.get(endpoint.id());
            all.add(already != null ? already : remove(endpoint));
        }
        Snapshot model = state.snapshot();
        Optional<Sandbox> alive = model.sandbox(sandbox).filter(each -> Recovery.lives(kernel, each));
        alive.ifPresent(each -> executor.applyEach(DefaultRoutes.leavingAll(each, model)));
        try {
            DefaultRoutes.holderLast(model.endpointsOf(sandbox), model).forEach(endpoint -> all.add(depart(endpoint)));
        } catch (EngineException refusal) {
            alive.ifPresent(each -> routes.settle(each.id()));
            throw refusal;
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
    }
}
