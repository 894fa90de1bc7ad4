package dev.bailey.engine.store;

import dev.bailey.engine.simulation.Fate;
import dev.bailey.engine.store.StoreException.Reason;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The data root of simulated engines: one disk, which outlives them, and a store on it for each. */
public final class SimulatedStore {
    /** So small that a few records make a compaction. */
    private static final JournalWriter.Limits TINY = new JournalWriter.Limits(2_000, 400);

    private final InstantSource clock;
    private SimulatedDisk disk;
    private Optional<StateStore> open = Optional.empty();

    /** An empty one. */
    public SimulatedStore(RandomGenerator random, Fate fate, InstantSource clock) {
        this.clock = clock;
        this.disk = new SimulatedDisk(random, Optional.of(fate));
    }

    /** A store for the next engine. */
    public StateStore open() {
        try {
            StateStore store = StateStore.open(disk, clock, TINY);
            open = Optional.of(store);
            return store;
        } catch (IOException refusal) {
            throw new StoreException(Reason.DISK, "cannot use the disk: " + refusal.getMessage(), refusal);
        }
    }

    /** Lets the disk run full, or have space again. */
    public void setFull(boolean full) {
        disk.limitFreeBytes(full ? 0 : Long.MAX_VALUE);
    }

    /** Whether the store of the running engine has given up its disk, until the next start. */
    public boolean hasGivenUp() {
        return open.filter(store -> !store.isUsable()).isPresent();
    }

    /** Makes what was stored durable, as time does. */
    public void sync() {
        open.ifPresent(StateStore::sync);
    }

    /** The process was killed: what it wrote is there. */
    public void processGone() {
        open = Optional.empty();
        disk = disk.afterKill();
    }

    /** The machine lost its power: of what was not synced some is there and some is not. */
    public void powerLost() {
        open = Optional.empty();
        disk = disk.afterPowerLoss();
    }

    /** What an engine would find if it started now. */
    public RecoveredState content() {
        return recovery().state().toRecovered();
    }

    /** The journals that were set aside as damaged, which no crash may bring about. */
    public List<String> damaged() {
        return disk.list().stream().filter(name -> name.contains("broken")).toList();
    }

    private Recovery recovery() {
        try {
            return Recovery.of(disk.copyForReading(), clock);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
