package dev.bailey.runtime.image;

import dev.bailey.runtime.image.Formats.ConfigFile;
import dev.bailey.runtime.image.Formats.Descriptor;
import dev.bailey.runtime.image.Formats.DockerManifest;
import dev.bailey.runtime.image.Formats.OciIndex;
import dev.bailey.runtime.image.Formats.OciManifest;
import dev.bailey.runtime.image.Formats.Platform;
import dev.bailey.runtime.state.JsonFiles;
import io.avaje.json.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what images an archive holds: {@code docker save}'s {@code manifest.json}, else an OCI {@code index.json}. */
final class ArchiveReader {
    private static final int MAX_INDEX_DEPTH = 4;
    private static final String BLOBS = "blobs/sha256/";
    private static final String ARCHITECTURE =
            System.getProperty("os.arch").equals("aarch64") ? "arm64" : System.getProperty("os.arch");

    private final Archive archive;

    ArchiveReader(Archive archive) {
        this.archive = archive;
    }

    /** The images for this machine; an error when there is none. */
    List<ArchivedImage> images() throws IOException {
        List<ArchivedImage> images = new ArrayList<>();
        if (archive.has("manifest.json")) {
            for (DockerManifest manifest : dockerManifests()) {
                images.add(docker(manifest));
            }
        } else if (archive.has("index.json")) {
            index(json("index.json", archive.read("index.json"), OciIndex.class), Optional.empty(), 0, images);
        } else {
            throw new IOException("not an image archive: neither manifest.json nor index.json in it;"
                    + " want what docker save writes, or an OCI layout");
        }
        if (images.isEmpty()) {
            throw new IOException("the archive holds no image for linux/" + ARCHITECTURE);
        }
        return images;
    }

    private List<DockerManifest> dockerManifests() throws IOException {
        try {
            return JsonFiles.parseList(text(archive.read("manifest.json")), DockerManifest.class);
        } catch (JsonException malformed) {
            throw new IOException("manifest.json of the archive: " + malformed.getMessage(), malformed);
        }
    }

    private ArchivedImage docker(DockerManifest manifest) throws IOException {
        String configName = required(manifest.config(), "manifest.json", "Config");
        byte[] config = archive.read(configName);
        Optional<Digest> promised = promised(configName);
        Digest id = Digest.of(config);
        if (promised.isPresent() && !promised.get().equals(id)) {
            throw new IOException("\"" + configName + "\" of the archive is damaged: its digest is " + id);
        }
        List<Path> files = new ArrayList<>();
        List<Optional<Digest>> blobs = new ArrayList<>();
        for (String layer : Objects.requireNonNullElse(manifest.layers(), List.<String>of())) {
            files.add(archive.file(layer));
            blobs.add(layer.startsWith(BLOBS) ? promised(layer) : Optional.empty());
        }
        List<String> names = Objects.requireNonNullElse(manifest.repoTags(), List.of());
        return ArchivedImage.of(
                id, ImageNames.normalised(names), json(configName, config, ConfigFile.class), files, blobs);
    }

    // "blobs/sha256/HEX" and the older "HEX.json" say what the file must hash to.
    private static Optional<Digest> promised(String name) {
        String hex = name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.json$", "");
        return hex.matches("[0-9a-f]{64}") ? Optional.of(new Digest(hex)) : Optional.empty();
    }

    private void index(OciIndex index, Optional<String> name, int depth, List<ArchivedImage> images)
            throws IOException {
        if (depth > MAX_INDEX_DEPTH) {
            throw new IOException("the archive's indexes are nested too deep");
        }
        for (Descriptor entry : Objects.requireNonNullElse(index.manifests(), List.<Descriptor>of())) {
            if (!fits(entry.platform())) {
                continue;
            }
            Optional<String> entryName =
                    ImageNames.ofAnnotations(entry.annotations()).or(() -> name);
            byte[] blob = blob(entry);
            if (Objects.requireNonNullElse(entry.mediaType(), "").matches(".*(image\\.index|manifest\\.list).*")) {
                index(json(digest(entry).toString(), blob, OciIndex.class), entryName, depth + 1, images);
            } else {
                OciManifest manifest = json(digest(entry).toString(), blob, OciManifest.class);
                image(manifest, entryName).ifPresent(images::add);
            }
        }
    }

    private Optional<ArchivedImage> image(OciManifest manifest, Optional<String> name) throws IOException {
        Descriptor configEntry = required(manifest.config(), "manifest", "config");
        ConfigFile config = json(digest(configEntry).toString(), blob(configEntry), ConfigFile.class);
        if (!fits(new Platform(config.architecture(), config.os()))) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>();
        List<Optional<Digest>> blobs = new ArrayList<>();
        for (Descriptor layer : Objects.requireNonNullElse(manifest.layers(), List.<Descriptor>of())) {
            files.add(archive.file(BLOBS + digest(layer).hex()));
            blobs.add(Optional.of(digest(layer)));
        }
        List<String> names = ImageNames.normalised(name.map(List::of).orElse(List.of()));
        return Optional.of(ArchivedImage.of(digest(configEntry), names, config, files, blobs));
    }

    private byte[] blob(Descriptor entry) throws IOException {
        Digest digest = digest(entry);
        byte[] blob = archive.read(BLOBS + digest.hex());
        if (!Digest.of(blob).equals(digest)) {
            throw new IOException("blob " + digest + " of the archive is damaged: its digest is " + Digest.of(blob));
        }
        return blob;
    }

    private static Digest digest(Descriptor entry) throws IOException {
        return Digest.parse(required(entry.digest(), "descriptor", "digest"));
    }

    private static boolean fits(@Nullable Platform platform) {
        if (platform == null) {
            return true;
        }
        String os = Objects.requireNonNullElse(platform.os(), "linux");
        String architecture = Objects.requireNonNullElse(platform.architecture(), ARCHITECTURE);
        return (os.isEmpty() || os.equals("linux")) && (architecture.isEmpty() || architecture.equals(ARCHITECTURE));
    }

    private static <T> T required(@Nullable T value, String where, String what) throws IOException {
        if (value == null) {
            throw new IOException("the archive's " + where + " lacks \"" + what + "\"");
        }
        return value;
    }

    private static <T> T json(String name, byte[] bytes, Class<T> type) throws IOException {
        try {
            return JsonFiles.parse(text(bytes), type);
        } catch (JsonException malformed) {
            throw new IOException("\"" + name + "\" of the archive: " + malformed.getMessage(), malformed);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
