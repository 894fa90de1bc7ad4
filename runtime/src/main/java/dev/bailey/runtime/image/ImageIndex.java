package dev.bailey.runtime.image;

import io.avaje.jsonb.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code index.json} of an image store: which images are loaded; never changes.
 *
 * @param version of the format
 * @param images the loaded ones
 * @param archives the archive files that were run from, so that an unchanged one is not read again
 */
@Json
public record ImageIndex(int version, List<Image> images, List<KnownArchive> archives) {
    /** The format that this Bailey writes. */
    public static final int VERSION = 1;

    static final ImageIndex EMPTY = new ImageIndex(VERSION, List.of(), List.of());

    /** Copies the lists. */
    public ImageIndex {
        images = List.copyOf(images);
        archives = List.copyOf(archives);
    }

    /**
     * An archive file whose image is loaded.
     *
     * @param path absolute
     * @param fingerprint changes when the file does
     * @param image the image's id
     */
    @Json
    public record KnownArchive(String path, String fingerprint, String image) {}

    /** This index with an image added; its names leave the images that had them. */
    ImageIndex with(Image image) {
        List<Image> next = new ArrayList<>();
        List<String> names = new ArrayList<>(image.names());
        for (Image other : images) {
            if (other.id().equals(image.id())) {
                other.names().stream().filter(name -> !names.contains(name)).forEach(names::add);
            } else {
                List<String> kept = other.names().stream()
                        .filter(name -> !image.names().contains(name))
                        .toList();
                next.add(other.withNames(kept));
            }
        }
        next.add(image.withNames(names));
        return new ImageIndex(version, next, archives);
    }

    /** This index with an archive file remembered. */
    ImageIndex with(KnownArchive archive) {
        List<KnownArchive> next = new ArrayList<>(archives);
        next.removeIf(known -> known.path().equals(archive.path()));
        next.add(archive);
        return new ImageIndex(version, images, next);
    }

    Optional<Image> byId(String id) {
        return images.stream().filter(image -> image.id().equals(id)).findFirst();
    }
}
