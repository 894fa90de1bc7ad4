package dev.bailey.runtime;

import java.time.Instant;

/** Where a container is in its life. */
public sealed interface ContainerState {
    /** Made, never started. */
    record Created() implements ContainerState {}

    /**
     * Its process runs.
     *
     * @param pid of the container's first process, in the host's pid namespace
     * @param startedAt when it was started
     */
    record Running(int pid, Instant startedAt) implements ContainerState {}

    /**
     * Its process ended, or could not be started.
     *
     * @param exitCode 0 to 255; 128 + signal when a signal ended it; 127 or 126 when it could not be started
     * @param error why it could not be started; empty otherwise
     * @param oomKilled whether the kernel ended it for want of memory
     * @param startedAt when it was started; the epoch when it never ran
     * @param finishedAt when it ended
     */
    record Exited(int exitCode, String error, boolean oomKilled, Instant startedAt, Instant finishedAt)
            implements ContainerState {}
}
