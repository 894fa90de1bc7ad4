package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A table of rules on the host, as {@code GET /bailey/tables} tells it.
 *
 * @param family {@code ip}, {@code ip6}, {@code inet}, {@code arp}, {@code bridge} or {@code netdev}
 * @param name its name
 * @param backend {@code nftables} or {@code iptables-legacy}
 * @param owner who is known to write it; empty when nobody can tell
 * @param dormant whether its chains are not hooked in
 * @param chains its chains
 */
@Json
public record HostTable(
        String family, String name, String backend, String owner, boolean dormant, List<ChainRow> chains) {
    public HostTable {
        family = Absent.orEmpty(family);
        name = Absent.orEmpty(name);
        backend = Absent.orEmpty(backend);
        owner = Absent.orEmpty(owner);
        chains = Absent.orEmpty(chains);
    }
}
