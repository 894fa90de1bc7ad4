package dev.bailey.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bailey.engine.Seed;
import dev.bailey.engine.store.JournalWriter.Limits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Writing on disks that stop at any operation, run full, write too little and fail to sync. */
class JournalWriterTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T09:58:01Z"));
    private static final List<StateRecord> RECORDS = Script.records();
    private static final List<RecoveredState> STATES = Script.statesAfterEach(RECORDS);
    /** So small that a few records make a compaction. */
    private static final Limits TINY = new Limits(600, 256);

    /** Records that were on their way when the disk stopped. */
    private record Run(int appended, int durable) {}

    @Test
    void append_stopAtEveryOperation_losesNothingItPromised() throws IOException {
        RandomGenerator random = Seed.generator("append_stopAtEveryOperation_losesNothingItPromised");
        boolean stopped = true;
        int stop = 0;
        for (; stopped; stop++) {
            for (int round = 0; round < 20; round++) {
                SimulatedDisk disk = new SimulatedDisk(random);
                disk.stopAfter(stop);
                Run run = run(disk, random);
                stopped = disk.hasStopped();
                checkRecovers(disk.afterKill(), run.appended, run.appended + 1, "killed at operation " + stop);
                checkRecovers(disk.afterPowerLoss(), run.durable, run.appended + 1, "no power at operation " + stop);
            }
        }
        assertThat(stop).as("operations of a whole run").isGreaterThan(RECORDS.size());
    }

    private static Run run(SimulatedDisk disk, RandomGenerator random) {
        int appended = 0;
        int durable = 0;
        try (JournalWriter writer = JournalWriter.start(disk, new LiveState(), TINY)) {
            for (StateRecord record : RECORDS) {
                Commit commit = writer.append(record);
                appended++;
                if (random.nextBoolean()) {
                    commit.awaitDurable();
                    durable = appended;
                }
            }
        } catch (IOException | StoreException e) {
            assertThat(disk.hasStopped()).as("%s", e).isTrue();
        }
        return new Run(appended, durable);
    }

    /** Recovers, with another stop in the middle of it, and expects the state after at least and at most so many. */
    private static void checkRecovers(SimulatedDisk disk, int least, int most, String what) throws IOException {
        SimulatedDisk next = disk;
        for (int stop = 0; stop < 12; stop += 5) {
            next.stopAfter(stop);
            try (JournalWriter writer = JournalWriter.start(next, recover(next), TINY)) {
                assertThat(writer).isNotNull();
            } catch (IOException e) {
                assertThat(next.hasStopped()).as("%s", e).isTrue();
            }
            next = stop % 2 == 0 ? next.afterKill() : next.afterPowerLoss();
        }
        RecoveredState found = recover(next).toRecovered();
        assertThat(STATES.subList(least, Math.min(most, RECORDS.size()) + 1))
                .as(what)
                .contains(found);
        assertThat(next.list()).as(what).noneMatch(name -> name.contains("broken"));
    }

    private static LiveState recover(SimulatedDisk disk) throws IOException {
        return Recovery.of(disk, CLOCK).state();
    }

    @Test
    void append_diskFull_recordsNothingAndGoesOnWhenThereIsSpace() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(Seed.generator("append_diskFull"));
        try (JournalWriter writer = JournalWriter.start(disk, new LiveState(), new Limits(1 << 20, 0))) {
            writer.append(RECORDS.get(0)).awaitDurable();
            for (int free : new int[] {0, 1, 30}) {
                disk.limitFreeBytes(free);
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(() -> writer.append(RECORDS.get(1)))
                        .withMessage("cannot write state to /data/state/journal: No space left on device")
                        .satisfies(e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.DISK));
                assertThat(recover(disk.afterKill()).toRecovered()).isEqualTo(STATES.get(1));
            }
            disk.limitFreeBytes(Long.MAX_VALUE);
            writer.append(RECORDS.get(1)).awaitDurable();
            writer.append(RECORDS.get(2)).awaitDurable();
        }
        assertThat(Recovery.of(disk.afterPowerLoss(), CLOCK).warning()).isEmpty();
        assertThat(recover(disk.afterPowerLoss()).toRecovered()).isEqualTo(STATES.get(3));
    }

    @Test
    void append_noSpaceToCompact_goesOnInTheOldFile() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(Seed.generator("append_noSpaceToCompact"));
        try (JournalWriter writer = JournalWriter.start(disk, new LiveState(), new Limits(100, 8_000))) {
            disk.limitFreeBytes(0);
            for (StateRecord record : RECORDS) {
                writer.append(record).awaitDurable();
            }
        }
        assertThat(disk.list()).containsExactly("journal");
        assertThat(recover(disk.afterPowerLoss()).toRecovered()).isEqualTo(STATES.getLast());
    }

    @Test
    void awaitDurable_syncFailsOnce_writesANewFile() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(Seed.generator("awaitDurable_syncFailsOnce"));
        try (JournalWriter writer = JournalWriter.start(disk, new LiveState(), Limits.DEFAULT)) {
            for (int i = 0; i < RECORDS.size(); i++) {
                disk.failNextSyncs(1);
                writer.append(RECORDS.get(i)).awaitDurable();
                assertThat(recover(disk.afterPowerLoss()).toRecovered()).isEqualTo(STATES.get(i + 1));
            }
        }
    }

    @Test
    void awaitDurable_syncFailsAlways_saysSoAndTakesNothingMore() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(Seed.generator("awaitDurable_syncFailsAlways"));
        try (JournalWriter writer = JournalWriter.start(disk, new LiveState(), Limits.DEFAULT)) {
            disk.failNextSyncs(1_000);
            String message = "cannot make state durable in /data/state/journal: Input/output error";
            Commit commit = writer.append(RECORDS.get(0));
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(StoreException.class)
                        .isThrownBy(commit::awaitDurable)
                        .withMessage(message);
            }
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> writer.append(RECORDS.get(1)))
                    .withMessage(message);
        }
    }

    @Test
    void append_manyThreads_allAreDurable() throws Exception {
        SimulatedDisk disk = new SimulatedDisk(Seed.generator("append_manyThreads"));
        List<Thread> threads = new ArrayList<>();
        try (JournalWriter writer = JournalWriter.start(disk, new LiveState(), TINY)) {
            for (int t = 0; t < 8; t++) {
                int thread = t;
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 100; i++) {
                        String name = thread + "." + i;
                        writer.append(new StateRecord.HostSettingRemembered(name, "x"))
                                .awaitDurable();
                    }
                }));
            }
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
            }
            assertThat(recover(disk.afterPowerLoss()).toRecovered().hostSettings())
                    .hasSize(800);
        }
    }

    @Test
    void append_recordThatDoesNotFit_writesNothing() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(Seed.generator("append_recordThatDoesNotFit"));
        try (JournalWriter writer = JournalWriter.start(disk, new LiveState(), TINY)) {
            int before = disk.operations();
            assertThatIllegalStateException()
                    .isThrownBy(() -> writer.append(new StateRecord.SandboxRemoved(Script.SANDBOX.id())));
            assertThat(disk.operations()).isEqualTo(before);
        }
    }

    @Test
    void append_interruptedThread_worksAndStaysInterrupted() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(Seed.generator("append_interruptedThread"));
        try (JournalWriter writer = JournalWriter.start(disk, new LiveState(), TINY)) {
            Thread.currentThread().interrupt();
            writer.append(RECORDS.get(0)).awaitDurable();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void append_closed_refuses() throws IOException {
        SimulatedDisk disk = new SimulatedDisk(Seed.generator("append_closed"));
        JournalWriter writer = JournalWriter.start(disk, new LiveState(), TINY);
        writer.append(RECORDS.get(0));
        writer.close();
        assertThat(recover(disk.afterPowerLoss()).toRecovered())
                .as("close syncs")
                .isEqualTo(STATES.get(1));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> writer.append(RECORDS.get(1)))
                .withMessage("the state store is closed");
    }
}
