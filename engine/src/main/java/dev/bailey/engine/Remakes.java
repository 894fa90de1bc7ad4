package dev.bailey.engine;

import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.StateRecord;
import java.util.List;

/**
 * Makes pairs anew that are gone while their sandboxes live. A host end that is there proves nothing while this goes on:
 * the sandbox end may have no address yet. So it is written down, and a start after a death in the middle makes the pair
 * once more. For tasks of the writer, one at a time.
 */
final class Remakes {
    private final Executor executor;
    private final Records records;
    private final EngineState state;

    Remakes(Executor executor, Records records, EngineState state) {
        this.executor = executor;
        this.records = records;
        this.state = state;
    }

    /**
     * Makes both ends of a settled endpoint anew.
     *
     * @throws KernelException when the kernel refuses; then it is to be done again
     */
    void remake(EndpointId endpoint, List<Step> steps) {
        records.appendOutcome(new StateRecord.RemakeIntended(endpoint));
        state.begin(endpoint);
        executor.apply(steps);
        state.finish(endpoint);
        records.appendOutcome(new StateRecord.AttachDone(endpoint));
    }
}
