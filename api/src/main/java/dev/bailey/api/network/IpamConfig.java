package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subnet of a network.
 *
 * @param subnet prefix, {@code 172.17.0.0/16}
 * @param ipRange part of the subnet that leases come from; absent for all of it
 * @param gateway address of the gateway
 * @param auxiliaryAddresses addresses that no endpoint gets, by a name for each; absent for none
 */
@Json
public record IpamConfig(
        @Json.Property("Subnet") String subnet,
        @Json.Property("IPRange") @Nullable String ipRange,
        @Json.Property("Gateway") String gateway,
        @Json.Property("AuxiliaryAddresses") @Nullable Map<String, String> auxiliaryAddresses) {
    public IpamConfig {
        subnet = Absent.orEmpty(subnet);
        gateway = Absent.orEmpty(gateway);
    }
}
