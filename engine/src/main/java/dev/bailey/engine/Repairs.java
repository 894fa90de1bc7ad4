package dev.bailey.engine;

import dev.bailey.engine.kernel.HostChanges;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.model.BrokenPart;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.plan.Repair;
import dev.bailey.engine.plan.Suspects;
import dev.bailey.engine.reconcile.Alarm;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.reconcile.RepairPace;
import dev.bailey.engine.view.Health;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mends at run time what others break.
 *
 * <p>A report of changes is sifted by what is known, without a question to the kernel; what is suspicious is looked at, that
 * alone; what is broken indeed is mended, that alone. Who breaks the same thing again and again gets slower answers. For
 * tasks of the writer, one at a time.
 */
final class Repairs {
    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);
    private static final Duration AFTER_REFUSAL = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Kernel kernel;
    private final Executor executor;
    private final Remakes remakes;
    private final EngineState state;
    private final Damage damage;
    private final UplinkChanges uplinks;
    private final Alarm alarm;
    private final Consumer<Runnable> writer;
    private final Consumer<EngineEvent> events;
    private final RepairPace pace = new RepairPace();
    /** Parts whose next attempt is set already. */
    private final Set<BrokenPart> waiting = new HashSet<>();

    Repairs(
            Kernel kernel,
            Executor executor,
            Remakes remakes,
            EngineState state,
            Damage damage,
            UplinkChanges uplinks,
            Alarm alarm,
            Consumer<Runnable> writer,
            Consumer<EngineEvent> events) {
        this.kernel = kernel;
        this.executor = executor;
        this.remakes = remakes;
        this.state = state;
        this.damage = damage;
        this.uplinks = uplinks;
        this.alarm = alarm;
        this.writer = writer;
        this.events = events;
    }

    /** Mends what a report of changes leads to. */
    void mend(HostChanges changes) {
        mend(damage.suspects(changes), changes.sinceNanos());
    }

    /** A link is gone that nobody here removed. */
    void linkRemoved(String name) {
        Snapshot model = state.snapshot();
        InterfaceName link = new InterfaceName(name);
        long now = alarm.nanoTime();
        model.endpointOfHostEnd(link).ifPresent(endpoint -> mend(Suspects.of(endpoint.id()), now));
        model.networkOfBridge(link).ifPresent(network -> mend(Suspects.of(network.id()), now));
        if (damage.uplinks().named(name).isPresent()) {
            mend(Suspects.ofUplinks(), now);
        }
    }

    /** Mends what is broken of an endpoint that was out of sight for a while. */
    void lookAt(Endpoint endpoint) {
        mend(Suspects.of(endpoint.id()), alarm.nanoTime());
    }

    /** Mends what a comparison of all links leaves open, after notifications were lost. */
    void mendRulesAndSettings() {
        mend(new Suspects(Set.of(), Set.of(), true, true, true), alarm.nanoTime());
    }

    /** How things are, without mending anything. */
    Health health(boolean switchesForwarding) {
        List<Health.Trouble> troubles = pace.slowed(alarm.nanoTime()).stream()
                .map(slowed -> new Health.Trouble(slowed.part().toString(), slowed.repairs(), slowed.pause()))
                .toList();
        return new Health(
                kernel.readSetting(Forwarding.IPV4).orElse(""),
                switchesForwarding,
                kernel.brokenRules().all(),
                troubles);
    }

    private void mend(Suspects suspects, long sinceNanos) {
        mend(suspects, sinceNanos, AFTER_REFUSAL);
    }

    /** What cannot even be looked at is looked at again, each time after twice the wait. */
    private void mend(Suspects suspects, long sinceNanos, Duration wait) {
        try {
            lookAndMend(suspects, sinceNanos);
        } catch (KernelException refusal) {
            LOG.warn("could not look at what may be broken: {}; again in {} ms", refusal.getMessage(), wait.toMillis());
            Duration twice = wait.multipliedBy(2);
            Duration next = twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
            alarm.after(wait, () -> writer.accept(() -> mend(suspects, sinceNanos, next)));
        }
    }

    /** The rules come first: without them every sandbox is open. */
    private void lookAndMend(Suspects suspects, long sinceNanos) {
        if (suspects.rules()) {
            damage.ofRules().ifPresent(repair -> mend(repair, sinceNanos));
        }
        if (suspects.settings()) {
            damage.settings()
                    .forEach((name, wanted) ->
                            damage.ofSetting(name, wanted).ifPresent(repair -> mend(repair, sinceNanos)));
        }
        if (!suspects.networks().isEmpty()) {
            damage.ofNetworks(suspects).forEach(repair -> mend(repair, sinceNanos));
        }
        if (!suspects.endpoints().isEmpty()) {
            damage.ofEndpoints(suspects).forEach(repair -> mend(repair, sinceNanos));
        }
        if (suspects.uplinks()) {
            HostView host = kernel.observe();
            uplinks.follow(damage.uplinks(), host);
            damage.learn(host);
        }
    }

    private void mend(Repair repair, long sinceNanos) {
        Duration wait = pace.wait(repair.part(), alarm.nanoTime());
        if (wait.isZero()) {
            carryOut(repair, sinceNanos);
        } else {
            postpone(repair, repair.what() + " again and again", wait, sinceNanos);
        }
    }

    private void carryOut(Repair repair, long sinceNanos) {
        List<KernelException> refusals =
                repair.remade().isPresent() ? remade(repair) : executor.applyEach(repair.steps());
        long now = alarm.nanoTime();
        pace.repaired(repair.part(), now);
        if (refusals.isEmpty()) {
            Duration took = Duration.ofNanos(now - sinceNanos);
            LOG.warn(
                    "mended {}: {}; {} ms",
                    repair.part(),
                    repair.what(),
                    String.format(Locale.ROOT, "%.1f", took.toNanos() / NANOS_PER_MILLI));
            events.accept(new EngineEvent.Repaired(repair.part(), repair.what(), took));
        } else {
            Duration wait = pace.wait(repair.part(), now);
            String reason = repair.what() + ", and " + refusals.getFirst().getMessage();
            postpone(repair, reason, wait.compareTo(AFTER_REFUSAL) > 0 ? wait : AFTER_REFUSAL, sinceNanos);
        }
    }

    private List<KernelException> remade(Repair repair) {
        try {
            remakes.remake(repair.remade().orElseThrow(), repair.steps());
            return List.of();
        } catch (KernelException refusal) {
            return List.of(refusal);
        }
    }

    /** One attempt is set for each part, so what is said about it gets rarer as the waits get longer. */
    private void postpone(Repair repair, String reason, Duration wait, long sinceNanos) {
        if (waiting.add(repair.part())) {
            LOG.warn("{} {}: next attempt in {} ms", repair.part(), reason, wait.toMillis());
            events.accept(new EngineEvent.RepairPostponed(repair.part(), reason, wait));
            alarm.after(wait, () -> writer.accept(() -> again(repair, sinceNanos)));
        }
    }

    private void again(Repair repair, long sinceNanos) {
        waiting.remove(repair.part());
        try {
            mend(repair.cause(), sinceNanos);
        } catch (RuntimeException failure) {
            LOG.error("could not look at {} again", repair.part(), failure);
        }
    }
}
