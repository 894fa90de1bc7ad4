package dev.bailey.engine.kernel;

import java.util.Optional;

/** One change of the kernel's state, small enough to either happen or not. */
public sealed interface Step permits LinkStep, SandboxStep, RuleStep, Step.WriteSetting {

    /**
     * Returns the step that takes this one back, or empty where nothing remains to be taken back: a removal, or a step whose
     * effect goes away with that of an earlier one.
     */
    Optional<Step> undo();

    /**
     * Writes a kernel setting.
     *
     * @param name its dotted name, for example {@code net.ipv4.ip_forward}
     * @param value the new value
     * @param previous the value before
     */
    record WriteSetting(String name, String value, String previous) implements Step {
        @Override
        public Optional<Step> undo() {
            return Optional.of(new WriteSetting(name, previous, value));
        }
    }
}
