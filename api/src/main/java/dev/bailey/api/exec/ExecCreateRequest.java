package dev.bailey.api.exec;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /containers/{id}/exec}.
 *
 * @param attachStdin whether the client will send standard input
 * @param attachStdout whether the client reads standard output
 * @param attachStderr whether the client reads standard error
 * @param consoleSize the terminal's first size as rows, columns; absent when unknown
 * @param tty whether the command runs on a terminal
 * @param env more environment as {@code NAME=value}
 * @param cmd the command and its arguments
 * @param privileged whether it runs with all capabilities
 * @param user user, or user:group; empty for the container's
 * @param workingDir absolute path inside the container; empty for the container's
 */
@Json
public record ExecCreateRequest(
        @Json.Property("AttachStdin") boolean attachStdin,
        @Json.Property("AttachStdout") boolean attachStdout,
        @Json.Property("AttachStderr") boolean attachStderr,
        @Json.Property("ConsoleSize") @Nullable List<Integer> consoleSize,
        @Json.Property("Tty") boolean tty,
        @Json.Property("Env") List<String> env,
        @Json.Property("Cmd") List<String> cmd,
        @Json.Property("Privileged") boolean privileged,
        @Json.Property("User") String user,
        @Json.Property("WorkingDir") String workingDir) {
    public ExecCreateRequest {
        env = Absent.orEmpty(env);
        cmd = Absent.orEmpty(cmd);
        user = Absent.orEmpty(user);
        workingDir = Absent.orEmpty(workingDir);
    }
}
