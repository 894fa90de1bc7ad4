package dev.bailey.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.BrokenPart;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How repairs of one part follow each other. */
class RepairPaceTest {
    private static final BrokenPart BRIDGE = new BrokenPart(BrokenPart.Kind.LINK, "bailey0");
    private static final BrokenPart RULES = new BrokenPart(BrokenPart.Kind.RULES, "nftables");

    private final RepairPace pace = new RepairPace();
    private long now = 1;

    @Test
    void wait_theFirstTimes_isZero() {
        for (int i = 0; i < RepairPace.AT_ONCE; i++) {
            assertThat(pace.wait(BRIDGE, now)).isZero();
            pace.repaired(BRIDGE, now);
        }
        assertThat(pace.wait(BRIDGE, now)).isEqualTo(Duration.ofMillis(100));
        assertThat(pace.wait(RULES, now)).isZero();
    }

    @Test
    void wait_afterThat_doublesUpToALimit() {
        repair(RepairPace.AT_ONCE + 1);
        assertThat(pace.wait(BRIDGE, now)).isEqualTo(Duration.ofMillis(200));
        now += Duration.ofMillis(150).toNanos();
        assertThat(pace.wait(BRIDGE, now)).isEqualTo(Duration.ofMillis(50));
        now += Duration.ofMillis(50).toNanos();
        assertThat(pace.wait(BRIDGE, now)).isZero();

        repair(100);
        assertThat(pace.wait(BRIDGE, now)).isEqualTo(Duration.ofSeconds(30));
        assertThat(pace.slowed(now))
                .containsExactly(new RepairPace.Slowed(BRIDGE, RepairPace.AT_ONCE + 101, Duration.ofSeconds(30)));
    }

    @Test
    void wait_partHasHeld_beginsAnew() {
        repair(RepairPace.AT_ONCE);
        now += Duration.ofSeconds(11).toNanos();

        assertThat(pace.wait(BRIDGE, now)).isZero();
        assertThat(pace.repaired(BRIDGE, now)).isOne();
        assertThat(pace.slowed(now)).isEmpty();
    }

    private void repair(int times) {
        for (int i = 0; i < times; i++) {
            pace.repaired(BRIDGE, now);
        }
    }
}
