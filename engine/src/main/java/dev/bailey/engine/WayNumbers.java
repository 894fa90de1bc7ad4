package dev.bailey.engine;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.store.StateRecord;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbers of the ways out, the same in both families, and written down. For tasks of the writer, one at a time. */
final class WayNumbers {
    private static final Logger LOG = LoggerFactory.getLogger(WayNumbers.class);

    private final Records records;
    private final Map<EgressWay, Integer> numbers = new HashMap<>();
    private final Map<IpFamily, Set<EgressWay>> inUse = new EnumMap<>(IpFamily.class);

    WayNumbers(Records records) {
        this.records = records;
        numbers.putAll(records.recovered().egressNumbers());
    }

    /** Keeps in mind which ways packets of a family take, so that none of them loses its number. */
    void use(IpFamily family, Set<EgressWay> ways) {
        inUse.put(family, Set.copyOf(ways));
    }

    /** The number that a way has, if it ever had one. */
    Optional<Integer> known(EgressWay way) {
        return Optional.ofNullable(numbers.get(way));
    }

    /**
     * The number of a way in use; it stays its own until another way needs one and there is none that nobody had.
     *
     * @throws EngineException EXHAUSTED when all are in use
     */
    int of(EgressWay way) {
        Integer known = numbers.get(way);
        if (known != null) {
            return known;
        }
        int number = IntStream.rangeClosed(1, EgressPolicy.MAX_NUMBER)
                .filter(each -> !numbers.containsValue(each))
                .findFirst()
                .orElseGet(this::forgotten);
        records.append(new StateRecord.EgressNumbered(way, number));
        numbers.put(way, number);
        LOG.info("way out {} has number {}", way, number);
        return number;
    }

    private int forgotten() {
        EgressWay unused = numbers.keySet().stream()
                .filter(way -> inUse.values().stream().noneMatch(ways -> ways.contains(way)))
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        ErrorCode.EXHAUSTED,
                        "packets leave by " + EgressPolicy.MAX_NUMBER
                                + " uplinks and tables already, which are all that"
                                + " can be told apart: use one of them"));
        return Objects.requireNonNull(numbers.remove(unused));
    }
}
