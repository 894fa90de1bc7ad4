package dev.bailey.engine.reconcile;

import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Carries out steps, all or none.
 *
 * <p>For tasks of the writer, one at a time, like the kernel's {@code apply}.
 */
public final class Executor {
    private final Kernel kernel;

    /** Creates an executor on a kernel that it does not own. */
    public Executor(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Applies the steps in order; O(steps).
     *
     * @throws KernelException the first refusal, after the finished steps were undone in reverse; what could not be undone
     *     is attached as suppressed
     */
    public void apply(List<Step> steps) {
        Deque<Step> done = new ArrayDeque<>(steps.size());
        for (Step step : steps) {
            try {
                kernel.apply(step);
                done.push(step);
            } catch (RuntimeException | Error failure) {
                undo(done, failure);
                throw failure;
            }
        }
    }

    /**
     * Applies every step, whatever the others do: the way of a tear-down and of a recovery, which go as far as they can.
     *
     * @return what was refused, in order; empty when all went well
     */
    public List<KernelException> applyEach(List<Step> steps) {
        return steps.stream().mapMulti(this::applyOne).toList();
    }

    private void applyOne(Step step, java.util.function.Consumer<KernelException> refusals) {
        try {
            kernel.apply(step);
        } catch (KernelException refusal) {
            refusals.accept(refusal);
        }
    }

    private void undo(Deque<Step> done, Throwable failure) {
        for (Step step : done) {
            step.undo().ifPresent(undo -> {
                try {
                    kernel.apply(undo);
                } catch (RuntimeException refusal) {
                    failure.addSuppressed(refusal);
                }
            });
        }
    }
}
