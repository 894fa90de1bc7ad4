package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint: on the way in what is wished for it, on the way out what it has.
 *
 * @param ipamConfig addresses that were asked for; absent when none was
 * @param aliases more names on this network
 * @param macAddress hardware address
 * @param networkId id of the network
 * @param endpointId id of the endpoint; empty when the sandbox is not up
 * @param gateway address of the gateway
 * @param ipAddress address of the endpoint
 * @param ipPrefixLen prefix length of the address
 * @param ipv6Gateway IPv6 gateway; empty when there is none
 * @param globalIpv6Address IPv6 address; empty when there is none
 * @param globalIpv6PrefixLen prefix length of the IPv6 address
 * @param dnsNames all names of the endpoint on this network
 */
@Json
public record EndpointSettings(
        @Json.Property("IPAMConfig") @Nullable EndpointIpamConfig ipamConfig,
        @Json.Property("Aliases") List<String> aliases,
        @Json.Property("MacAddress") String macAddress,
        @Json.Property("NetworkID") String networkId,
        @Json.Property("EndpointID") String endpointId,
        @Json.Property("Gateway") String gateway,
        @Json.Property("IPAddress") String ipAddress,
        @Json.Property("IPPrefixLen") int ipPrefixLen,
        @Json.Property("IPv6Gateway") String ipv6Gateway,
        @Json.Property("GlobalIPv6Address") String globalIpv6Address,
        @Json.Property("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
        @Json.Property("DNSNames") List<String> dnsNames) {
    public EndpointSettings {
        aliases = Absent.orEmpty(aliases);
        macAddress = Absent.orEmpty(macAddress);
        networkId = Absent.orEmpty(networkId);
        endpointId = Absent.orEmpty(endpointId);
        gateway = Absent.orEmpty(gateway);
        ipAddress = Absent.orEmpty(ipAddress);
        ipv6Gateway = Absent.orEmpty(ipv6Gateway);
        globalIpv6Address = Absent.orEmpty(globalIpv6Address);
        dnsNames = Absent.orEmpty(dnsNames);
    }

    /** An endpoint without a wish. */
    public static final EndpointSettings DEFAULT =
            new EndpointSettings(null, List.of(), "", "", "", "", "", 0, "", "", 0, List.of());

    /** Returns the wish for an endpoint with the IPv4 address {@code address}. */
    public static EndpointSettings wishing(String address) {
        return new EndpointSettings(
                new EndpointIpamConfig(address), List.of(), "", "", "", "", "", 0, "", "", 0, List.of());
    }
}
