package dev.bailey.runtime.image;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON files of image archives, as far as Bailey reads them. */
public final class Formats {
    private Formats() {}

    /**
     * One image of a {@code docker save} archive: an entry of {@code manifest.json}.
     *
     * @param config the name of the configuration's file
     * @param repoTags its names
     * @param layers the names of the layers' files, the lowest first
     */
    @Json
    public record DockerManifest(
            @Json.Property("Config") @Nullable String config,
            @Json.Property("RepoTags") @Nullable List<String> repoTags,
            @Json.Property("Layers") @Nullable List<String> layers) {}

    /**
     * An OCI index: {@code index.json}, or an image for several platforms.
     *
     * @param manifests what it lists
     */
    @Json
    public record OciIndex(@Nullable List<Descriptor> manifests) {}

    /**
     * A reference to a blob by its digest.
     *
     * @param mediaType what it is
     * @param digest of its bytes
     * @param platform what machine it is for
     * @param annotations notes, among them the image's name
     */
    @Json
    public record Descriptor(
            @Nullable String mediaType,
            @Nullable String digest,
            @Nullable Platform platform,
            @Nullable Map<String, String> annotations) {}

    /**
     * What machine an image is for.
     *
     * @param architecture in Go's words, such as {@code amd64}
     * @param os such as {@code linux}
     */
    @Json
    public record Platform(
            @Nullable String architecture, @Nullable String os) {}

    /**
     * An OCI image manifest.
     *
     * @param config the configuration
     * @param layers the layers, the lowest first
     */
    @Json
    public record OciManifest(
            @Nullable Descriptor config, @Nullable List<Descriptor> layers) {}

    /**
     * An image's configuration, the same in both formats.
     *
     * @param created when, RFC 3339
     * @param architecture what machine it is for
     * @param os what system it is for
     * @param config what to run
     * @param rootfs its layers
     */
    @Json
    public record ConfigFile(
            @Nullable String created,
            @Nullable String architecture,
            @Nullable String os,
            @Nullable ProcessConfig config,
            @Nullable RootFs rootfs) {}

    /**
     * The layers of an image.
     *
     * @param diffIds the digests of their unpacked tars, the lowest first
     */
    @Json
    public record RootFs(
            @Json.Property("diff_ids") @Nullable List<String> diffIds) {}

    /**
     * What an image says about the process.
     *
     * @param env {@code KEY=VALUE} entries
     * @param entrypoint the program and its first arguments
     * @param cmd the arguments after it
     * @param workingDir where it starts
     * @param user who it runs as
     * @param labels its maker's notes
     * @param stopSignal what ends it
     * @param exposedPorts the ports that it serves, to nothing
     */
    @Json
    public record ProcessConfig(
            @Json.Property("Env") @Nullable List<String> env,
            @Json.Property("Entrypoint") @Nullable List<String> entrypoint,
            @Json.Property("Cmd") @Nullable List<String> cmd,
            @Json.Property("WorkingDir") @Nullable String workingDir,
            @Json.Property("User") @Nullable String user,
            @Json.Property("Labels") @Nullable Map<String, String> labels,
            @Json.Property("StopSignal") @Nullable String stopSignal,
            @Json.Property("ExposedPorts") @Nullable Map<String, Map<String, String>> exposedPorts) {}
}
