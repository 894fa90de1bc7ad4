package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Objects;

/**
 * A chain that translates addresses, or is walked by those that do.
 *
 * @param chain its name and where it is hooked in
 * @param references how many rules jump to it
 * @param rules its rules in order
 */
@Json
public record HostNatChain(ChainRow chain, int references, List<NatRow> rules) {
    public HostNatChain {
        chain = Objects.requireNonNullElseGet(chain, () -> new ChainRow("", "", "", 0, "", ""));
        rules = Absent.orEmpty(rules);
    }
}
