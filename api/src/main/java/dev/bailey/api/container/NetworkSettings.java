package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import dev.bailey.api.network.EndpointSettings;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;

/**
 * A container's sandbox and its endpoints.
 *
 * <p>The addresses at the top level repeat those of the default network, as the API did before
 * version 1.52.
 *
 * @param sandboxId the sandbox's id; empty when the container does not run
 * @param sandboxKey path of the sandbox's network namespace; empty when the container does not run
 * @param ports published ports, {@code port/protocol} to host bindings
 * @param endpointId endpoint on the default network; empty when there is none
 * @param gateway gateway of the default network
 * @param ipAddress address on the default network
 * @param ipPrefixLen prefix length of that address
 * @param macAddress hardware address on the default network
 * @param networks network name to endpoint
 * @param globalIpv6Address IPv6 address on the default network; empty when there is none
 * @param globalIpv6PrefixLen prefix length of that address
 * @param ipv6Gateway IPv6 gateway of the default network; empty when there is none
 */
@Json
public record NetworkSettings(
        @Json.Property("SandboxID") String sandboxId,
        @Json.Property("SandboxKey") String sandboxKey,
        @Json.Property("Ports") Map<String, List<PortBinding>> ports,
        @Json.Property("EndpointID") String endpointId,
        @Json.Property("Gateway") String gateway,
        @Json.Property("IPAddress") String ipAddress,
        @Json.Property("IPPrefixLen") int ipPrefixLen,
        @Json.Property("MacAddress") String macAddress,
        @Json.Property("Networks") Map<String, EndpointSettings> networks,
        @Json.Property("GlobalIPv6Address") String globalIpv6Address,
        @Json.Property("GlobalIPv6PrefixLen") int globalIpv6PrefixLen,
        @Json.Property("IPv6Gateway") String ipv6Gateway) {
    public NetworkSettings {
        sandboxId = Absent.orEmpty(sandboxId);
        sandboxKey = Absent.orEmpty(sandboxKey);
        ports = Absent.orEmpty(ports);
        endpointId = Absent.orEmpty(endpointId);
        gateway = Absent.orEmpty(gateway);
        ipAddress = Absent.orEmpty(ipAddress);
        macAddress = Absent.orEmpty(macAddress);
        networks = Absent.orEmpty(networks);
        globalIpv6Address = Absent.orEmpty(globalIpv6Address);
        ipv6Gateway = Absent.orEmpty(ipv6Gateway);
    }
}
