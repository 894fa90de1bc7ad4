package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * What a container's main process is doing, or how it ended.
 *
 * @param status {@code created}, {@code running}, {@code exited}, {@code removing} or {@code dead}
 * @param running whether the main process runs
 * @param paused whether it is frozen
 * @param restarting whether a restart is under way
 * @param oomKilled whether the kernel ended it for want of memory
 * @param dead whether its removal failed half-way
 * @param pid process id on the host, 0 when it does not run
 * @param exitCode exit code of the last run, 128 + signal when a signal ended it
 * @param error why the last start failed; empty when it did not
 * @param startedAt start of the last run, RFC 3339 with nanoseconds; {@code 0001-01-01T00:00:00Z} for never
 * @param finishedAt end of the last run, in the same form
 */
@Json
public record ContainerState(
        @Json.Property("Status") String status,
        @Json.Property("Running") boolean running,
        @Json.Property("Paused") boolean paused,
        @Json.Property("Restarting") boolean restarting,
        @Json.Property("OOMKilled") boolean oomKilled,
        @Json.Property("Dead") boolean dead,
        @Json.Property("Pid") int pid,
        @Json.Property("ExitCode") int exitCode,
        @Json.Property("Error") String error,
        @Json.Property("StartedAt") String startedAt,
        @Json.Property("FinishedAt") String finishedAt) {
    public ContainerState {
        status = Absent.orEmpty(status);
        error = Absent.orEmpty(error);
        startedAt = Absent.orEmpty(startedAt);
        finishedAt = Absent.orEmpty(finishedAt);
    }
}
