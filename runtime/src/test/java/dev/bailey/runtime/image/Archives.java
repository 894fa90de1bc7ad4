package dev.bailey.runtime.image;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Image archives as tests want them. */
final class Archives {
    static final String ARCHITECTURE =
            System.getProperty("os.arch").equals("aarch64") ? "arm64" : System.getProperty("os.arch");

    private Archives() {}

    static String config(String architecture, byte[]... plainLayers) {
        List<String> diffs = new ArrayList<>();
        for (byte[] layer : plainLayers) {
            diffs.add("\"" + Digest.of(layer) + "\"");
        }
        return "{\"created\":\"2026-01-02T03:04:05Z\",\"architecture\":\"" + architecture + "\",\"os\":\"linux\","
                + "\"config\":{\"Env\":[\"A=1\"],\"Entrypoint\":[\"/bin/sh\"],\"Cmd\":[\"-c\",\"true\"],"
                + "\"WorkingDir\":\"/w\",\"User\":\"7\",\"Labels\":{\"k\":\"v\"},\"StopSignal\":\"SIGINT\",\"ExposedPorts\":{\"80/tcp\":{}}},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + String.join(",", diffs) + "]}}";
    }

    /** As {@code docker save} up to version 24 writes it, with the layers as they come. */
    static Tar docker(String name, String config, byte[]... layers) {
        Tar tar = new Tar();
        List<String> files = new ArrayList<>();
        for (byte[] layer : layers) {
            String file = "l" + files.size() + "/layer.tar";
            tar.file(file, layer);
            files.add("\"" + file + "\"");
        }
        String configFile = Digest.of(config.getBytes(StandardCharsets.UTF_8)).hex() + ".json";
        return tar.file(configFile, config)
                .file(
                        "manifest.json",
                        "[{\"Config\":\"" + configFile + "\",\"RepoTags\":[\"" + name + "\"],\"Layers\":["
                                + String.join(",", files) + "]}]");
    }

    /** An OCI image layout with an index in the index, as several tools write it. */
    static Tar oci(String name, String config, byte[]... packedLayers) {
        Tar tar = new Tar().file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
        List<String> layers = new ArrayList<>();
        for (byte[] layer : packedLayers) {
            layers.add(blob(tar, "application/vnd.oci.image.layer.v1.tar+zstd", layer, ""));
        }
        String configEntry =
                blob(tar, "application/vnd.oci.image.config.v1+json", config.getBytes(StandardCharsets.UTF_8), "");
        String manifest =
                "{\"schemaVersion\":2,\"config\":" + configEntry + ",\"layers\":[" + String.join(",", layers) + "]}";
        String platform = ",\"platform\":{\"architecture\":\"" + ARCHITECTURE + "\",\"os\":\"linux\"}";
        String entry = blob(
                tar, "application/vnd.oci.image.manifest.v1+json", manifest.getBytes(StandardCharsets.UTF_8), platform);
        String attestation = "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:"
                + "0".repeat(64) + "\",\"platform\":{\"architecture\":\"unknown\",\"os\":\"unknown\"}}";
        String inner = "{\"schemaVersion\":2,\"manifests\":[" + attestation + "," + entry + "]}";
        String annotations = ",\"annotations\":{\"io.containerd.image.name\":\"docker.io/library/" + name + "\"}";
        String outer = blob(
                tar, "application/vnd.oci.image.index.v1+json", inner.getBytes(StandardCharsets.UTF_8), annotations);
        return tar.file("index.json", "{\"schemaVersion\":2,\"manifests\":[" + outer + "]}");
    }

    private static String blob(Tar tar, String type, byte[] data, String more) {
        Digest digest = Digest.of(data);
        tar.file("blobs/sha256/" + digest.hex(), data);
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + data.length + more + "}";
    }
}
