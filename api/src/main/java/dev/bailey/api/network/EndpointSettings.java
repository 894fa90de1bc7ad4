package dev.bailey.api.network;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
 * @param gwPriority how much the network is preferred for the default route
 * @param driverOpts options of the driver, such as the name of its interface, and our own, such as how fast it may be
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
        @Json.Property("DNSNames") List<String> dnsNames,
        @Json.Property("GwPriority") int gwPriority,
        @Json.Property("DriverOpts") @Nullable Map<String, String> driverOpts) {
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
    public static final EndpointSettings DEFAULT = wishing(null, null, List.of(), "", 0);

    /**
     * Returns the wish for an endpoint.
     *
     * @param address its IPv4 address; absent for any free one
     * @param ipv6Address its IPv6 address; absent for any free one where its network has IPv6
     * @param aliases more names on its network
     * @param macAddress its hardware address; empty for the one that belongs to its address
     * @param gwPriority how much its network is preferred for the default route
     */
    public static EndpointSettings wishing(
            @Nullable String address,
            @Nullable String ipv6Address,
            List<String> aliases,
            String macAddress,
            int gwPriority) {
        return new EndpointSettings(
                EndpointIpamConfig.of(address, ipv6Address),
                aliases,
                macAddress,
                "",
                "",
                "",
                "",
                0,
                "",
                "",
                0,
                List.of(),
                gwPriority,
                null);
    }

    /**
     * Returns the same wish with limits, in the words of tc(8).
     *
     * @param rateIn what may come to it in a second; absent for no limit
     * @param rateOut what may leave it in a second; absent for no limit
     */
    public EndpointSettings limited(@Nullable String rateIn, @Nullable String rateOut) {
        Map<String, String> options = new TreeMap<>();
        if (rateIn != null) {
            options.put("dev.bailey.endpoint.rate_in", rateIn);
        }
        if (rateOut != null) {
            options.put("dev.bailey.endpoint.rate_out", rateOut);
        }
        return with(options);
    }

    /**
     * Returns the same wish with a way for packets to leave the host.
     *
     * @param egress words like {@code uplink=eth1}, {@code table=100}, {@code ip=192.0.2.7} or {@code allow=10.0.0.0/8}
     */
    public EndpointSettings leaving(List<String> egress) {
        Map<String, String> options = new TreeMap<>();
        for (String word : egress) {
            int equals = word.indexOf('=');
            options.merge(
                    "dev.bailey.egress." + word.substring(0, equals),
                    word.substring(equals + 1),
                    (before, more) -> before + "," + more);
        }
        return with(options);
    }

    /** Returns the same wish with more driver options. */
    public EndpointSettings with(Map<String, String> added) {
        Map<String, String> options = new TreeMap<>(Objects.requireNonNullElse(driverOpts, Map.of()));
        options.putAll(added);
        return new EndpointSettings(
                ipamConfig,
                aliases,
                macAddress,
                networkId,
                endpointId,
                gateway,
                ipAddress,
                ipPrefixLen,
                ipv6Gateway,
                globalIpv6Address,
                globalIpv6PrefixLen,
                dnsNames,
                gwPriority,
                options.isEmpty() ? null : options);
    }
}
