package dev.bailey.runtime;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a container.
 *
 * @param time when
 * @param action what
 * @param id the container's identity
 * @param name the container's name
 * @param image the image as it was asked for
 * @param labels the operator's notes
 * @param attributes what the action adds: {@code exitCode} for die and exec_die, {@code signal} for kill,
 *     {@code execID} for the exec actions
 */
public record ContainerEvent(
        Instant time,
        Action action,
        ContainerId id,
        String name,
        String image,
        Map<String, String> labels,
        Map<String, String> attributes) {
    /** Copies the maps. */
    public ContainerEvent {
        labels = Map.copyOf(labels);
        attributes = Map.copyOf(attributes);
    }

    /** The actions, in Docker's words. */
    public enum Action {
        /** Made. */
        CREATE("create"),
        /** Its process was started. */
        START("start"),
        /** A client attached to its streams. */
        ATTACH("attach"),
        /** Its terminal's size was set. */
        RESIZE("resize"),
        /** A signal was sent to it. */
        KILL("kill"),
        /** Its process ended. */
        DIE("die"),
        /** It was stopped on request; follows {@link #DIE}. */
        STOP("stop"),
        /** Removed. */
        DESTROY("destroy"),
        /** An exec was made. */
        EXEC_CREATE("exec_create"),
        /** An exec's process was started. */
        EXEC_START("exec_start"),
        /** An exec's process ended. */
        EXEC_DIE("exec_die");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        /** The action in Docker's words. */
        public String word() {
            return word;
        }
    }
}
