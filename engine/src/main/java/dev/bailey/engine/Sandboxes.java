package dev.bailey.engine;

import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.SandboxStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.StateRecord;
import java.nio.file.Path;
import java.util.List;

/**
 * Sandboxes as they come and go: made here with a namespace of the engine's own, or met at one of somebody else's. For tasks
 * of the writer.
 */
final class Sandboxes {
    /** Stands for the inode of a namespace that is not made yet, while everything else is checked. */
    private static final long UNKNOWN_INODE = 1;

    private final EngineOptions options;
    private final Kernel kernel;
    private final Executor executor;
    private final Records records;
    private final EngineState state;

    Sandboxes(EngineOptions options, Kernel kernel, Executor executor, Records records, EngineState state) {
        this.options = options;
        this.kernel = kernel;
        this.executor = executor;
        this.records = records;
        this.state = state;
    }

    private Snapshot snapshot() {
        return state.snapshot();
    }

    Sandbox create(SandboxId id, String name) {
        refuseTaken(id, name);
        Path netns = options.namespaces().resolve(id.shortForm());
        sandbox(id, name, netns, UNKNOWN_INODE, true);
        apply(List.of(new SandboxStep.CreateNamespace(netns)));
        long inode = kernel.namespaceAt(netns).orElseThrow(() -> noNamespace(netns));
        Sandbox sandbox = sandbox(id, name, netns, inode, true);
        appendOrRemove(new StateRecord.SandboxCreated(sandbox), new SandboxStep.RemoveNamespace(netns));
        state.add(sandbox);
        return sandbox;
    }

    private void refuseTaken(SandboxId id, String name) {
        if (snapshot().sandbox(id).isPresent()) {
            throw new EngineException(ErrorCode.CONFLICT, "sandbox " + id.shortForm() + " exists already");
        }
        snapshot().sandboxNamed(name).ifPresent(holder -> {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "the name " + name + " is taken by sandbox " + holder.id().shortForm() + ": choose another");
        });
    }

    /** Lets a sandbox without endpoints go; nothing when it is gone already. */
    void remove(SandboxId id) {
        snapshot().sandbox(id).ifPresent(sandbox -> {
            if (state.isUsed(id)) {
                throw new EngineException(
                        ErrorCode.CONFLICT, "sandbox " + sandbox.name() + " got a new endpoint while it was removed");
            }
            if (sandbox.owned()) {
                apply(List.of(new SandboxStep.RemoveNamespace(sandbox.netns())));
            }
            records.appendOutcome(new StateRecord.SandboxRemoved(id));
            state.remove(id);
        });
    }

    /** Records an outcome; where the disk refuses, what was made is removed again. */
    private void appendOrRemove(StateRecord outcome, Step removal) {
        try {
            records.append(outcome);
        } catch (RuntimeException failure) {
            executor.applyEach(List.of(removal)).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    /** The sandbox that is meant, or a new one for a namespace that nobody has met: that one is not written down yet. O(1). */
    Sandbox of(SandboxTarget target) {
        return switch (target) {
            case SandboxTarget.Existing(SandboxId id) ->
                checked(snapshot()
                        .sandbox(id)
                        .orElseThrow(() ->
                                new EngineException(ErrorCode.NOT_FOUND, "there is no sandbox " + id.shortForm())));
            case SandboxTarget.Foreign foreign -> foreign(foreign);
        };
    }

    /** Whoever made a namespace may have put another in its place. */
    private Sandbox checked(Sandbox sandbox) {
        if (!sandbox.owned() && !Recovery.lives(kernel, sandbox)) {
            throw new EngineException(
                    ErrorCode.NOT_FOUND,
                    "the namespace of sandbox " + sandbox.name() + " is no longer at " + sandbox.netns());
        }
        return sandbox;
    }

    private Sandbox foreign(SandboxTarget.Foreign foreign) {
        Path netns = foreign.netns();
        long inode = kernel.namespaceAt(netns).orElseThrow(() -> noNamespace(netns));
        return snapshot().sandboxOfNetns(inode).orElseGet(() -> {
            String name = foreign.name().isEmpty() ? String.valueOf(netns.getFileName()) : foreign.name();
            SandboxId id = SandboxId.random();
            refuseTaken(id, name);
            return sandbox(id, name, netns, inode, false);
        });
    }

    private static Sandbox sandbox(SandboxId id, String name, Path netns, long inode, boolean owned) {
        try {
            return new Sandbox(id, name, netns, inode, owned);
        } catch (IllegalArgumentException bad) {
            throw new EngineException(ErrorCode.INVALID_ARGUMENT, String.valueOf(bad.getMessage()), bad);
        }
    }

    private void apply(List<Step> steps) {
        try {
            executor.apply(steps);
        } catch (KernelException refusal) {
            throw EngineException.of("change the network", refusal);
        }
    }

    private static EngineException noNamespace(Path netns) {
        return new EngineException(ErrorCode.NOT_FOUND, "there is no network namespace at " + netns);
    }
}
