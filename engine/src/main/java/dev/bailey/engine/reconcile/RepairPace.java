package dev.bailey.engine.reconcile;

import dev.bailey.engine.model.BrokenPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How soon a part that breaks again and again is mended again: the first few times at once, then each time after twice the
 * wait of the time before, up to a limit. What has held for a while counts as never broken.
 *
 * <p>Times are given, so it is a value but for what it remembers. For tasks of the writer, one at a time.
 */
public final class RepairPace {
    /** So often a part is mended at once. */
    public static final int AT_ONCE = 5;

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** A part that has held for so many of its waits, and for the shortest time below, is forgotten. */
    private static final int WAITS_TO_FORGET = 4;

    private static final Duration SHORTEST_MEMORY = Duration.ofSeconds(10);

    private final Map<BrokenPart, Count> counts = new HashMap<>();

    private record Count(int repairs, long lastNanos) {}

    /**
     * A part that is mended more slowly, since it does not stay whole.
     *
     * @param part the part
     * @param repairs how often it was mended since it last held
     * @param pause how long it stays broken at the least, from one repair to the next
     */
    public record Slowed(BrokenPart part, int repairs, Duration pause) {}

    /** Nothing was broken yet. */
    public RepairPace() {}

    /** Returns how long a broken part has to wait for its repair; zero when it may be mended now. */
    public Duration wait(BrokenPart part, long nowNanos) {
        Count count = counts.get(part);
        if (count == null || isForgotten(count, nowNanos)) {
            counts.remove(part);
            return Duration.ZERO;
        }
        Duration left = waitAfter(count.repairs()).minusNanos(nowNanos - count.lastNanos());
        return left.isPositive() ? left : Duration.ZERO;
    }

    /** Takes note of a repair; returns how often the part was mended since it last held. */
    public int repaired(BrokenPart part, long nowNanos) {
        counts.values().removeIf(count -> isForgotten(count, nowNanos));
        return counts.merge(part, new Count(1, nowNanos), (is, _) -> new Count(is.repairs() + 1, nowNanos))
                .repairs();
    }

    /** Returns the parts that are mended more slowly. */
    public List<Slowed> slowed(long nowNanos) {
        List<Slowed> slowed = new ArrayList<>();
        counts.forEach((part, count) -> {
            if (count.repairs() >= AT_ONCE && !isForgotten(count, nowNanos)) {
                slowed.add(new Slowed(part, count.repairs(), waitAfter(count.repairs())));
            }
        });
        return slowed;
    }

    private static boolean isForgotten(Count count, long nowNanos) {
        Duration memory = waitAfter(count.repairs()).multipliedBy(WAITS_TO_FORGET);
        long held = nowNanos - count.lastNanos();
        return held > memory.toNanos() && held > SHORTEST_MEMORY.toNanos();
    }

    private static Duration waitAfter(int repairs) {
        if (repairs < AT_ONCE) {
            return Duration.ZERO;
        }
        Duration wait = FIRST_WAIT;
        for (int i = AT_ONCE; i < repairs && wait.compareTo(LONGEST_WAIT) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
