package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.Map;

/**
 * A network; {@code GET /networks} answers a list of these, {@code GET /networks/{id}} one.
 *
 * @param name its name
 * @param id 64 hexadecimal digits
 * @param created time of creation, RFC 3339 with nanoseconds
 * @param scope {@code local}
 * @param driver {@code bridge}
 * @param enableIpv4 whether it has IPv4
 * @param enableIpv6 whether it has IPv6
 * @param ipam where its addresses come from
 * @param internal whether it has no way out
 * @param attachable always false, for swarm
 * @param ingress always false, for swarm
 * @param configFrom always empty, for swarm
 * @param configOnly always false, for swarm
 * @param containers endpoints by their container's id; empty in a list
 * @param options the bridge's settings under Docker's names
 * @param labels labels, name to value
 */
@Json
public record NetworkResource(
        @Json.Property("Name") String name,
        @Json.Property("Id") String id,
        @Json.Property("Created") String created,
        @Json.Property("Scope") String scope,
        @Json.Property("Driver") String driver,
        @Json.Property("EnableIPv4") boolean enableIpv4,
        @Json.Property("EnableIPv6") boolean enableIpv6,
        @Json.Property("IPAM") Ipam ipam,
        @Json.Property("Internal") boolean internal,
        @Json.Property("Attachable") boolean attachable,
        @Json.Property("Ingress") boolean ingress,
        @Json.Property("ConfigFrom") ConfigReference configFrom,
        @Json.Property("ConfigOnly") boolean configOnly,
        @Json.Property("Containers") Map<String, NetworkContainer> containers,
        @Json.Property("Options") Map<String, String> options,
        @Json.Property("Labels") Map<String, String> labels) {
    public NetworkResource {
        name = Absent.orEmpty(name);
        id = Absent.orEmpty(id);
        created = Absent.orEmpty(created);
        scope = Absent.orEmpty(scope);
        driver = Absent.orEmpty(driver);
        containers = Absent.orEmpty(containers);
        options = Absent.orEmpty(options);
        labels = Absent.orEmpty(labels);
    }
}
