package dev.bailey.api.exec;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * The state of a command inside a container; the answer to {@code GET /exec/{id}/json}.
 *
 * @param id the command's id, 64 hexadecimal digits
 * @param running whether it runs
 * @param exitCode exit code, absent until it has ended
 * @param processConfig what runs
 * @param openStdin whether standard input was asked for
 * @param openStdout whether standard output was asked for
 * @param openStderr whether standard error was asked for
 * @param containerId id of the container
 * @param pid process id on the host, 0 when it does not run
 */
@Json
public record ExecInspect(
        @Json.Property("ID") String id,
        @Json.Property("Running") boolean running,
        @Json.Property("ExitCode") @Nullable Integer exitCode,
        @Json.Property("ProcessConfig") ExecProcess processConfig,
        @Json.Property("OpenStdin") boolean openStdin,
        @Json.Property("OpenStdout") boolean openStdout,
        @Json.Property("OpenStderr") boolean openStderr,
        @Json.Property("ContainerID") String containerId,
        @Json.Property("Pid") int pid) {
    public ExecInspect {
        id = Absent.orEmpty(id);
        containerId = Absent.orEmpty(containerId);
    }
}
