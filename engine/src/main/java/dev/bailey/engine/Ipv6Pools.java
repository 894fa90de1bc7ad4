package dev.bailey.engine;

import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.store.StateRecord;
import java.util.List;
import java.util.Optional;

/**
 * Where IPv6 subnets are taken from when none is asked for: the pools that are set, or else a prefix of unique local addresses
 * that is drawn at random when the first one is needed and stays for good. For tasks of the writer.
 */
final class Ipv6Pools {
    private final EngineOptions options;
    private final Records records;
    private Optional<Ipv6Subnet> prefix;

    Ipv6Pools(EngineOptions options, Records records) {
        this.options = options;
        this.records = records;
        this.prefix = records.recovered().uniqueLocalPrefix();
    }

    /**
     * Returns them. A prefix that is new is written down, before whatever is written next.
     *
     * @throws EngineException UNAVAILABLE when the disk refuses
     */
    List<Ipv6Pool> pools() {
        if (!options.ipv6Pools().isEmpty()) {
            return options.ipv6Pools();
        }
        if (prefix.isEmpty()) {
            Ipv6Subnet drawn = Ipv6Subnet.randomUniqueLocal();
            records.append(new StateRecord.UniqueLocalPrefixChosen(drawn));
            prefix = Optional.of(drawn);
        }
        return List.of(new Ipv6Pool(prefix.get(), Ipv6Pool.DEFAULT_SIZE));
    }
}
