package dev.bailey.api.container;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a container's configuration that depends on the host.
 *
 * @param binds bind mounts as {@code /host/path:/container/path[:ro|rw]}
 * @param networkMode the network to join: {@code default}, {@code bridge} or a network's name; empty means default
 * @param autoRemove whether the container is removed when it ends
 * @param dns name servers that replace the host's
 * @param dnsOptions resolver options that replace the host's
 * @param dnsSearch search domains that replace the host's; one {@code .} for none
 * @param extraHosts more lines for {@code /etc/hosts}, as {@code name:address}
 * @param portBindings published ports, {@code port/protocol} to host bindings; absent for none
 * @param publishAllPorts whether exposed ports without a binding are published on free ports of the host
 */
@Json
public record HostConfig(
        @Json.Property("Binds") List<String> binds,
        @Json.Property("NetworkMode") String networkMode,
        @Json.Property("AutoRemove") boolean autoRemove,
        @Json.Property("Dns") List<String> dns,
        @Json.Property("DnsOptions") List<String> dnsOptions,
        @Json.Property("DnsSearch") List<String> dnsSearch,
        @Json.Property("ExtraHosts") List<String> extraHosts,
        @Json.Property("PortBindings") @Nullable Map<String, List<PortBinding>> portBindings,
        @Json.Property("PublishAllPorts") boolean publishAllPorts) {
    public HostConfig {
        binds = Absent.orEmpty(binds);
        networkMode = Absent.orEmpty(networkMode);
        dns = Absent.orEmpty(dns);
        dnsOptions = Absent.orEmpty(dnsOptions);
        dnsSearch = Absent.orEmpty(dnsSearch);
        extraHosts = Absent.orEmpty(extraHosts);
    }

    /** A host configuration that asks for nothing. */
    public static final HostConfig DEFAULT =
            new HostConfig(List.of(), "", false, List.of(), List.of(), List.of(), List.of(), null, false);
}
