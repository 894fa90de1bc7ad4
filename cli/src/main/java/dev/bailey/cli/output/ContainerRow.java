package dev.bailey.cli.output;

import dev.bailey.api.container.ContainerSummary;
import io.avaje.jsonb.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One container as {@code bailey ps} shows it, with Docker's names for {@code --format json}.
 *
 * @param command the command in quotes
 * @param createdAt time of creation, RFC 3339
 * @param id the id, short unless asked for
 * @param image the image as it was asked for
 * @param labels {@code name=value}, between commas
 * @param names names, between commas
 * @param networks names of networks, between commas
 * @param ports ports, between commas
 * @param runningFor time since creation, for people
 * @param state {@code running}, {@code exited}, …
 * @param status the state, for people
 */
@Json
public record ContainerRow(
        @Json.Property("Command") String command,
        @Json.Property("CreatedAt") String createdAt,
        @Json.Property("ID") String id,
        @Json.Property("Image") String image,
        @Json.Property("Labels") String labels,
        @Json.Property("Names") String names,
        @Json.Property("Networks") String networks,
        @Json.Property("Ports") String ports,
        @Json.Property("RunningFor") String runningFor,
        @Json.Property("State") String state,
        @Json.Property("Status") String status) {
    private static final int COMMAND_CHARACTERS = 20;

    /**
     * Returns the row of a container.
     *
     * @param now when it is shown
     * @param whole whether ids and commands are left uncut
     */
    public static ContainerRow of(ContainerSummary container, Instant now, boolean whole) {
        Instant created = Instant.ofEpochSecond(container.created());
        return new ContainerRow(
                quoted(whole ? container.command() : Units.shorten(container.command(), COMMAND_CHARACTERS)),
                created.toString(),
                whole ? container.id() : Units.shortId(container.id()),
                container.image(),
                joined(container.labels()),
                container.names().stream().map(ContainerRow::bare).collect(Collectors.joining(",")),
                String.join(",", container.networkSettings().networks().keySet()),
                PortText.of(container.ports()),
                Units.duration(Duration.between(created, now)) + " ago",
                container.state(),
                container.status());
    }

    private static String bare(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private static String joined(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    private static String quoted(String command) {
        return '"' + command.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
