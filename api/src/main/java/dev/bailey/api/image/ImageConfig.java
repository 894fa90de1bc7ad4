package dev.bailey.api.image;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;

/**
 * What an image says about containers made from it.
 *
 * @param user user, or user:group; may be empty
 * @param env environment as {@code NAME=value}
 * @param cmd the command, or arguments of the entry point
 * @param entrypoint the entry point
 * @param workingDir absolute path; may be empty
 * @param labels labels, name to value
 */
@Json
public record ImageConfig(
        @Json.Property("User") String user,
        @Json.Property("Env") List<String> env,
        @Json.Property("Cmd") List<String> cmd,
        @Json.Property("Entrypoint") List<String> entrypoint,
        @Json.Property("WorkingDir") String workingDir,
        @Json.Property("Labels") Map<String, String> labels) {
    public ImageConfig {
        user = Absent.orEmpty(user);
        env = Absent.orEmpty(env);
        cmd = Absent.orEmpty(cmd);
        entrypoint = Absent.orEmpty(entrypoint);
        workingDir = Absent.orEmpty(workingDir);
        labels = Absent.orEmpty(labels);
    }
}
