package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /containers/create}: a {@link ContainerConfig} with its host part beside it.
 *
 * @param hostname the container's host name; empty for the first 12 digits of its id
 * @param domainname the domain of the host name; may be empty
 * @param user user, or user:group, by name or number; empty for the image's
 * @param attachStdin whether a client means to send standard input
 * @param attachStdout whether a client means to read standard output
 * @param attachStderr whether a client means to read standard error
 * @param tty whether the command runs on a terminal
 * @param openStdin whether standard input is kept open
 * @param stdinOnce whether standard input closes when the first client leaves
 * @param env environment as {@code NAME=value}; a bare {@code NAME} removes the image's value
 * @param cmd the command, or its arguments where there is an entry point; empty for the image's
 * @param image the image as it was asked for
 * @param workingDir absolute path inside the container; empty for the image's
 * @param entrypoint the entry point; empty for the image's, one empty text for none
 * @param labels labels, name to value
 * @param stopSignal the signal that asks the container to end, {@code SIGTERM} when empty
 * @param stopTimeout seconds between that signal and {@code SIGKILL}; absent for the daemon's default
 * @param hostConfig the part that depends on the host; absent for all defaults
 * @param networkingConfig the networks to join; absent for the default one
 * @param exposedPorts what it serves beside the image's ports, {@code port/protocol} to nothing
 */
@Json
public record CreateContainerRequest(
        @Json.Property("Hostname") String hostname,
        @Json.Property("Domainname") String domainname,
        @Json.Property("User") String user,
        @Json.Property("AttachStdin") boolean attachStdin,
        @Json.Property("AttachStdout") boolean attachStdout,
        @Json.Property("AttachStderr") boolean attachStderr,
        @Json.Property("Tty") boolean tty,
        @Json.Property("OpenStdin") boolean openStdin,
        @Json.Property("StdinOnce") boolean stdinOnce,
        @Json.Property("Env") List<String> env,
        @Json.Property("Cmd") List<String> cmd,
        @Json.Property("Image") String image,
        @Json.Property("WorkingDir") String workingDir,
        @Json.Property("Entrypoint") List<String> entrypoint,
        @Json.Property("Labels") Map<String, String> labels,
        @Json.Property("StopSignal") String stopSignal,
        @Json.Property("StopTimeout") @Nullable Integer stopTimeout,
        @Json.Property("HostConfig") @Nullable HostConfig hostConfig,
        @Json.Property("NetworkingConfig") @Nullable NetworkingConfig networkingConfig,
        @Json.Property("ExposedPorts") Map<String, Map<String, String>> exposedPorts) {
    public CreateContainerRequest {
        hostname = Absent.orEmpty(hostname);
        domainname = Absent.orEmpty(domainname);
        user = Absent.orEmpty(user);
        env = Absent.orEmpty(env);
        cmd = Absent.orEmpty(cmd);
        image = Absent.orEmpty(image);
        workingDir = Absent.orEmpty(workingDir);
        entrypoint = Absent.orEmpty(entrypoint);
        labels = Absent.orEmpty(labels);
        stopSignal = Absent.orEmpty(stopSignal);
        exposedPorts = Absent.orEmpty(exposedPorts);
    }

    /** Returns the part of this request that does not depend on the host. */
    public ContainerConfig config() {
        return new ContainerConfig(
                hostname,
                domainname,
                user,
                attachStdin,
                attachStdout,
                attachStderr,
                tty,
                openStdin,
                stdinOnce,
                env,
                cmd,
                image,
                workingDir,
                entrypoint,
                labels,
                stopSignal,
                stopTimeout,
                exposedPorts);
    }
}
