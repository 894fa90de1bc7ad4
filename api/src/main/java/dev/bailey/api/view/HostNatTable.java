package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A table that translates addresses, as {@code GET /bailey/nat} tells it.
 *
 * @param family {@code ip}, {@code ip6} or {@code inet}
 * @param name its name
 * @param backend {@code nftables} or {@code iptables-legacy}
 * @param chains base chains in the order that packets meet them, then those that they jump to
 */
@Json
public record HostNatTable(String family, String name, String backend, List<HostNatChain> chains) {
    public HostNatTable {
        family = Absent.orEmpty(family);
        name = Absent.orEmpty(name);
        backend = Absent.orEmpty(backend);
        chains = Absent.orEmpty(chains);
    }
}
