package dev.bailey.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.bench.contender.Client;
import dev.bailey.bench.contender.Contender;
import dev.bailey.bench.measure.Results;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EntrantsTest {
    private final Results results = new Results();
    private final Entrants entrants = new Entrants(results);

    /** Counts what is asked of it; a slot that is attached twice is an error. */
    private static final class Counting implements Contender, Client {
        final AtomicInteger connections = new AtomicInteger();
        final List<Integer> attached = Collections.synchronizedList(new ArrayList<>());
        boolean closed;

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public int largestPopulation() {
            return 1000;
        }

        @Override
        public boolean isPeer() {
            return true;
        }

        @Override
        public void prepare(int count) {}

        @Override
        public Client connect() {
            connections.incrementAndGet();
            return this;
        }

        @Override
        public void verify(int slot) {}

        @Override
        public long attach(int slot) throws IOException {
            if (attached.contains(slot)) {
                throw new IOException("slot " + slot + " is attached");
            }
            attached.add(slot);
            return 1;
        }

        @Override
        public long detach(int slot) {
            attached.remove(Integer.valueOf(slot));
            return 1;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void add_cannotBeMade_isANote() {
        entrants.add("Bailey", () -> {
            throw new IOException("no room");
        });

        assertThat(entrants.running()).isEmpty();
        assertThat(results.notes()).containsExactly("Bailey is left out: no room");
    }

    @Test
    void each_oneFails_othersGoOnAndTheFailedIsStillClosed() throws IOException {
        Counting first = new Counting();
        Counting second = new Counting();
        entrants.add("first", () -> first);
        entrants.add("second", () -> second);

        entrants.each(Contender.class, "test", contender -> {
            if (contender == first) {
                throw new IOException("broken");
            }
        });

        assertThat(entrants.running()).containsExactly(second);
        assertThat(results.notes()).containsExactly("counting failed (test) and is out: broken");
        entrants.close();
        assertThat(first.closed).isTrue();
    }

    @Test
    void fill_byAllClients_eachSlotOnceAndNoneOfTheProbes() throws IOException {
        Counting contender = new Counting();

        int there = Filling.fill(contender, 3, 40, Duration.ofSeconds(30));

        assertThat(there).isEqualTo(40);
        assertThat(contender.connections).hasValue(Contender.PROBES);
        assertThat(contender.attached)
                .hasSize(37)
                .doesNotHaveDuplicates()
                .allMatch(slot -> slot >= 3 + Contender.PROBES);
    }

    @Test
    void fill_noTime_tellsHowManyAreThere() throws IOException {
        assertThat(Filling.fill(new Counting(), 3, 40, Duration.ZERO)).isEqualTo(3);
    }

    @Test
    void pairsPerSecond_clientsAtOnce_leaveNothingAttached() throws IOException {
        Counting contender = new Counting();

        assertThat(Windows.pairsPerSecond(contender, Duration.ofMillis(50))).isPositive();
        assertThat(contender.attached).isEmpty();
    }
}
