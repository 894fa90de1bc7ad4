package dev.bailey.engine;

import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.plan.DefaultRoutes;
import dev.bailey.engine.reconcile.Alarm;
import dev.bailey.engine.reconcile.Executor;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the default route and the source routes of a sandbox where they belong when nobody knows where they are: after a
 * change that was broken off, and at a start. Where the kernel refuses, it is tried again, each time after twice the wait,
 * until it is done or the sandbox is gone. For tasks of the writer, one at a time.
 */
final class SandboxRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxRoutes.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Kernel kernel;
    private final Executor executor;
    private final EngineState state;
    private final Alarm alarm;
    private final Consumer<Runnable> writer;
    /** Sandboxes whose next attempt is set already. */
    private final Set<SandboxId> waiting = new HashSet<>();

    SandboxRoutes(Kernel kernel, Executor executor, EngineState state, Alarm alarm, Consumer<Runnable> writer) {
        this.kernel = kernel;
        this.executor = executor;
        this.state = state;
        this.alarm = alarm;
        this.writer = writer;
    }

    /** O(the sandbox's endpoints); nothing for a sandbox that nobody has any more. */
    void settle(SandboxId id) {
        settle(id, FIRST_WAIT);
    }

    private void settle(SandboxId id, Duration wait) {
        state.snapshot()
                .sandbox(id)
                .filter(sandbox -> Recovery.lives(kernel, sandbox))
                .ifPresent(sandbox -> settle(sandbox, wait));
    }

    private void settle(Sandbox sandbox, Duration wait) {
        List<KernelException> refusals = executor.applyEach(DefaultRoutes.settling(sandbox, state.snapshot()));
        if (!refusals.isEmpty() && waiting.add(sandbox.id())) {
            LOG.warn(
                    "could not put the routes of {} where they belong: {}; again in {} ms",
                    sandbox.name(),
                    refusals.getFirst().getMessage(),
                    wait.toMillis());
            alarm.after(wait, () -> writer.accept(() -> again(sandbox.id(), wait)));
        }
    }

    private void again(SandboxId id, Duration waited) {
        waiting.remove(id);
        Duration twice = waited.multipliedBy(2);
        settle(id, twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT);
    }
}
