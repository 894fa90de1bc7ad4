package dev.bailey.cli.output;

import dev.bailey.api.image.ImageSummary;
import io.avaje.jsonb.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One name of an image as {@code bailey images} shows it, with Docker's names for {@code --format json}.
 *
 * @param createdAt time of creation, RFC 3339
 * @param createdSince time since creation, for people
 * @param id the id, short unless asked for
 * @param repository the name without its tag; {@code <none>} when it has none
 * @param size bytes of all layers, for people
 * @param tag the tag; {@code <none>} when it has none
 */
@Json
public record ImageRow(
        @Json.Property("CreatedAt") String createdAt,
        @Json.Property("CreatedSince") String createdSince,
        @Json.Property("ID") String id,
        @Json.Property("Repository") String repository,
        @Json.Property("Size") String size,
        @Json.Property("Tag") String tag) {
    private static final String NONE = "<none>";

    /** Returns the rows of an image, one for each of its names. */
    public static List<ImageRow> of(ImageSummary image, Instant now, boolean whole) {
        List<String> names = image.repoTags().isEmpty() ? List.of(NONE + ":" + NONE) : image.repoTags();
        return names.stream().map(name -> of(image, name, now, whole)).toList();
    }

    private static ImageRow of(ImageSummary image, String name, Instant now, boolean whole) {
        Instant created = Instant.ofEpochSecond(image.created());
        int colon = name.lastIndexOf(':');
        boolean tagged = colon > name.lastIndexOf('/');
        return new ImageRow(
                created.toString(),
                Units.duration(Duration.between(created, now)) + " ago",
                whole ? image.id() : Units.shortId(image.id()),
                tagged ? name.substring(0, colon) : name,
                Units.size(image.size()),
                tagged ? name.substring(colon + 1) : NONE);
    }
}
