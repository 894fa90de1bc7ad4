package dev.bailey.runtime;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Overrides of a container's resolver; an empty list leaves what the host has.
 *
 * @param servers addresses of name servers, in order
 * @param searchDomains domains that short names are tried in; a single {@code .} means none
 * @param options resolver options such as {@code ndots:2}
 */
@Json
public record DnsSettings(List<String> servers, List<String> searchDomains, List<String> options) {
    /** No override at all. */
    public static final DnsSettings NONE = new DnsSettings(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public DnsSettings {
        servers = List.copyOf(servers);
        searchDomains = List.copyOf(searchDomains);
        options = List.copyOf(options);
    }

    /** These settings where a container has none of its own. */
    public DnsSettings overriddenBy(DnsSettings own) {
        return new DnsSettings(
                own.servers().isEmpty() ? servers : own.servers(),
                own.searchDomains().isEmpty() ? searchDomains : own.searchDomains(),
                own.options().isEmpty() ? options : own.options());
    }
}
