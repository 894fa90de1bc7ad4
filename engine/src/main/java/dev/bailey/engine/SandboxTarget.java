package dev.bailey.engine;

import dev.bailey.engine.model.SandboxId;
import java.nio.file.Path;
import java.util.Objects;

/** Which sandbox an endpoint is to join. */
public sealed interface SandboxTarget {

    /**
     * A sandbox that the engine knows.
     *
     * @param id its id
     */
    record Existing(SandboxId id) implements SandboxTarget {
        /** Checks the id. */
        public Existing {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * A network namespace that somebody else made and will remove, without a container of ours in it.
     *
     * @param netns an absolute path that leads to it, such as {@code /run/netns/blue} or {@code /proc/4711/ns/net}
     * @param name the name to know it by; the empty string stands for the path's last part
     */
    record Foreign(Path netns, String name) implements SandboxTarget {
        /** Checks that the path is absolute. */
        public Foreign {
            Objects.requireNonNull(name, "name");
            if (!netns.isAbsolute()) {
                throw new EngineException(
                        ErrorCode.INVALID_ARGUMENT,
                        "'" + netns + "' is not the path of a network namespace: it must be absolute, such as"
                                + " /run/netns/blue");
            }
        }
    }
}
