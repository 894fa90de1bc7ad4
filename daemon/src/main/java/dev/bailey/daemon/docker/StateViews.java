package dev.bailey.daemon.docker;

import dev.bailey.api.container.ContainerState;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerState.Created;
import dev.bailey.runtime.ContainerState.Exited;
import dev.bailey.runtime.ContainerState.Running;

/** A container's state in Docker's words; pure. */
final class StateViews {
    private StateViews() {}

    /** The state of a container, as inspect shows it. */
    static ContainerState state(Container container) {
        return switch (container.state()) {
            case Created() -> state("created", false, 0, 0, false, "", Times.NEVER, Times.NEVER);
            case Running running ->
                state("running", false, running.pid(), 0, true, "", Times.text(running.startedAt()), Times.NEVER);
            case Exited exited ->
                state(
                        "exited",
                        exited.oomKilled(),
                        0,
                        exited.exitCode(),
                        false,
                        exited.error(),
                        Times.text(exited.startedAt()),
                        Times.text(exited.finishedAt()));
        };
    }

    private static ContainerState state(
            String word,
            boolean oomKilled,
            int pid,
            int exitCode,
            boolean running,
            String error,
            String startedAt,
            String finishedAt) {
        return new ContainerState(
                word, running, false, false, oomKilled, false, pid, exitCode, error, startedAt, finishedAt);
    }
}
