package dev.bailey.api.attachment;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * An endpoint as {@code POST /bailey/attach} and {@code GET /bailey/endpoints} tell it.
 *
 * @param endpoint id of the endpoint, 64 hexadecimal digits
 * @param sandbox id of the sandbox, 64 hexadecimal digits
 * @param name name of the sandbox
 * @param network name of the network
 * @param interfaceName name of the interface inside the namespace
 * @param address IPv4 address with prefix length, {@code 172.17.0.2/16}; empty when there is none
 * @param gateway address of the IPv4 gateway; empty when there is none
 * @param mac hardware address
 * @param mtu largest packet in bytes
 * @param hostEnd name of the interface on the host
 * @param address6 IPv6 address with prefix length, {@code fd00::2/64}; empty when there is none
 * @param gateway6 address of the IPv6 gateway; empty when there is none
 */
@Json
public record AttachedEndpoint(
        String endpoint,
        String sandbox,
        String name,
        String network,
        @Json.Property("interface") String interfaceName,
        String address,
        String gateway,
        String mac,
        int mtu,
        String hostEnd,
        String address6,
        String gateway6) {
    public AttachedEndpoint {
        endpoint = Absent.orEmpty(endpoint);
        sandbox = Absent.orEmpty(sandbox);
        name = Absent.orEmpty(name);
        network = Absent.orEmpty(network);
        interfaceName = Absent.orEmpty(interfaceName);
        address = Absent.orEmpty(address);
        gateway = Absent.orEmpty(gateway);
        mac = Absent.orEmpty(mac);
        hostEnd = Absent.orEmpty(hostEnd);
        address6 = Absent.orEmpty(address6);
        gateway6 = Absent.orEmpty(gateway6);
    }
}
