package dev.bailey.cli.output;

import dev.bailey.api.network.IpamConfig;
import dev.bailey.api.network.NetworkResource;
import io.avaje.jsonb.Json;
import java.util.stream.Collectors;

/**
 * One network as {@code bailey network ls} shows it, with Docker's names for {@code --format json}.
 *
 * @param id the id, short unless asked for
 * @param name its name
 * @param driver {@code bridge}
 * @param scope {@code local}
 * @param subnet its subnets, between commas
 */
@Json
public record NetworkRow(
        @Json.Property("ID") String id,
        @Json.Property("Name") String name,
        @Json.Property("Driver") String driver,
        @Json.Property("Scope") String scope,
        @Json.Property("Subnet") String subnet) {
    /** Returns the row of a network. */
    public static NetworkRow of(NetworkResource network, boolean whole) {
        return new NetworkRow(
                whole ? network.id() : Units.shortId(network.id()),
                network.name(),
                network.driver(),
                network.scope(),
                network.ipam().config().stream().map(IpamConfig::subnet).collect(Collectors.joining(",")));
    }
}
