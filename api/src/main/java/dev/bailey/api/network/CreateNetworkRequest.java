package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /networks/create}.
 *
 * @param name its name
 * @param driver {@code bridge}; empty means that
 * @param scope {@code local}; empty means that
 * @param internal whether it has no way out
 * @param ingress must be false, for swarm
 * @param configOnly must be false, for swarm
 * @param configFrom must be absent or empty, for swarm
 * @param ipam where its addresses come from; absent for the first free subnet
 * @param enableIpv4 whether it has IPv4; absent means yes
 * @param enableIpv6 whether it has IPv6; absent means no
 * @param options the bridge's settings under Docker's names
 * @param labels labels, name to value
 */
@Json
public record CreateNetworkRequest(
        @Json.Property("Name") String name,
        @Json.Property("Driver") String driver,
        @Json.Property("Scope") String scope,
        @Json.Property("Internal") boolean internal,
        @Json.Property("Ingress") boolean ingress,
        @Json.Property("ConfigOnly") boolean configOnly,
        @Json.Property("ConfigFrom") @Nullable ConfigReference configFrom,
        @Json.Property("IPAM") @Nullable Ipam ipam,
        @Json.Property("EnableIPv4") @Nullable Boolean enableIpv4,
        @Json.Property("EnableIPv6") @Nullable Boolean enableIpv6,
        @Json.Property("Options") Map<String, String> options,
        @Json.Property("Labels") Map<String, String> labels) {
    public CreateNetworkRequest {
        name = Absent.orEmpty(name);
        driver = Absent.orEmpty(driver);
        scope = Absent.orEmpty(scope);
        options = Absent.orEmpty(options);
        labels = Absent.orEmpty(labels);
    }
}
