package dev.bailey.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
    @Test
    void value_thereOnThirdLook_isReturned() {
        AtomicInteger looks = new AtomicInteger();

        int value = Await.value(
                "the third look",
                Await.LIMIT,
                () -> Optional.of(looks.incrementAndGet()).filter(look -> look == 3));

        assertThat(value).isEqualTo(3);
    }

    @Test
    void until_neverHolds_saysWhatDidNotHappen() {
        assertThatThrownBy(() -> Await.until("the moon to fall", Duration.ofMillis(30), () -> false))
                .isInstanceOf(LabException.class)
                .hasMessage("waited 30 ms in vain for the moon to fall");
    }

    @Test
    void until_noTimeAtAll_looksOnce() {
        AtomicInteger looks = new AtomicInteger();

        Await.until("one look", Duration.ZERO, () -> looks.incrementAndGet() == 1);

        assertThat(looks).hasValue(1);
    }

    @Test
    void until_lookFails_endsTheWait() {
        IOException broken = new IOException("broken");

        assertThatThrownBy(() -> Await.until("it", () -> {
                    throw broken;
                }))
                .isInstanceOf(LabException.class)
                .hasMessage("waiting for it: broken")
                .hasCause(broken);
    }

    @Test
    void until_interrupted_failsAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Await.until("it", () -> false)).hasMessage("interrupted while waiting for it");
        assertThat(Thread.interrupted()).isTrue();
    }
}
