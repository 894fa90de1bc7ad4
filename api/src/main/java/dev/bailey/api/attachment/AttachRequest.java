package dev.bailey.api.attachment;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /bailey/attach}: gives a network namespace an endpoint.
 *
 * @param netns absolute path of the network namespace
 * @param name name of the sandbox; absent for the last part of the path
 * @param network name of the network; absent for the default one
 * @param ip IPv4 address to have; absent for any free one
 * @param interfaceName name of the interface inside; absent for {@code eth0}
 * @param ports ports to publish, each as {@code bailey run -p} takes it; absent for none
 * @param ip6 IPv6 address to have; absent for any free one where the network has IPv6
 * @param rateIn what may come to it in a second, like {@code 10mbit}; absent for no limit
 * @param rateOut what may leave it in a second; absent for no limit
 * @param egress how its packets leave the host, each like {@code uplink=eth1}, {@code table=100}, {@code ip=192.0.2.7},
 *     {@code ip=2001:db8::7}, {@code allow=10.0.0.0/8} or {@code allow=[2001:db8::1]:443}; absent for as the network says
 */
@Json
public record AttachRequest(
        String netns,
        @Nullable String name,
        @Nullable String network,
        @Nullable String ip,
        @Json.Property("interface") @Nullable String interfaceName,
        @Nullable List<String> ports,
        @Nullable String ip6,
        @Nullable String rateIn,
        @Nullable String rateOut,
        @Nullable List<String> egress) {
    public AttachRequest {
        netns = Absent.orEmpty(netns);
    }

    /** A request without limits. */
    public AttachRequest(
            String netns,
            @Nullable String name,
            @Nullable String network,
            @Nullable String ip,
            @Nullable String interfaceName,
            @Nullable List<String> ports,
            @Nullable String ip6) {
        this(netns, name, network, ip, interfaceName, ports, ip6, null, null, null);
    }
}
