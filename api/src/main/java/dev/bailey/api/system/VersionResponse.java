package dev.bailey.api.system;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The answer to {@code GET /version}.
 *
 * @param platform who speaks
 * @param components the daemon and the tools it uses
 * @param version the daemon's version
 * @param apiVersion newest version of the API that it speaks
 * @param minApiVersion oldest version of the API that it speaks
 * @param gitCommit commit that it was built from; may be empty
 * @param os {@code linux}
 * @param arch {@code amd64} or {@code arm64}
 * @param kernelVersion the running kernel's release
 * @param buildTime time of the build; may be empty
 */
@Json
public record VersionResponse(
        @Json.Property("Platform") VersionPlatform platform,
        @Json.Property("Components") List<VersionComponent> components,
        @Json.Property("Version") String version,
        @Json.Property("ApiVersion") String apiVersion,
        @Json.Property("MinAPIVersion") String minApiVersion,
        @Json.Property("GitCommit") String gitCommit,
        @Json.Property("Os") String os,
        @Json.Property("Arch") String arch,
        @Json.Property("KernelVersion") String kernelVersion,
        @Json.Property("BuildTime") String buildTime) {
    public VersionResponse {
        components = Absent.orEmpty(components);
        version = Absent.orEmpty(version);
        apiVersion = Absent.orEmpty(apiVersion);
        minApiVersion = Absent.orEmpty(minApiVersion);
        gitCommit = Absent.orEmpty(gitCommit);
        os = Absent.orEmpty(os);
        arch = Absent.orEmpty(arch);
        kernelVersion = Absent.orEmpty(kernelVersion);
        buildTime = Absent.orEmpty(buildTime);
    }
}
