package dev.bailey.engine;

import dev.bailey.engine.store.Commit;
import dev.bailey.engine.store.RecoveredState;
import dev.bailey.engine.store.StateRecord;
import dev.bailey.engine.store.StateStore;
import dev.bailey.engine.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written down of the changes, in their order. What has happened already cannot be refused because of a full disk:
 * such an outcome is owed, and written before whatever is written next. Should the process end before, its intent without
 * an outcome says enough. For tasks of the writer, one at a time.
 */
final class Records {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);

    private final StateStore store;
    private final Deque<StateRecord> owed = new ArrayDeque<>();

    /** Writes to a store that stays its owner's. */
    Records(StateStore store) {
        this.store = store;
    }

    /** What an earlier process left; does not change. */
    RecoveredState recovered() {
        return store.recovered();
    }

    /**
     * Writes what is about to happen, or what can still be taken back.
     *
     * @throws EngineException UNAVAILABLE when the disk refuses
     */
    void append(StateRecord record) {
        write(record);
    }

    /** Writes as {@link #append} does, and returns when it would survive a loss of power. */
    void appendDurably(StateRecord record) {
        await(write(record));
    }

    /** Writes as {@link #append} does; what is done until {@link #await} costs no time beside the disk's. */
    Commit begin(StateRecord record) {
        Commit commit = write(record);
        commit.hasten();
        return commit;
    }

    /** Returns when what was written would survive a loss of power. */
    void await(Commit commit) {
        try {
            commit.awaitDurable();
        } catch (StoreException refusal) {
            throw refused(refusal);
        }
    }

    private Commit write(StateRecord record) {
        try {
            writeOwed();
            return store.append(record);
        } catch (StoreException refusal) {
            throw refused(refusal);
        }
    }

    private static EngineException refused(StoreException refusal) {
        return new EngineException(ErrorCode.UNAVAILABLE, String.valueOf(refusal.getMessage()), refusal);
    }

    /** Writes what has happened, now or as soon as the disk takes it. */
    void appendOutcome(StateRecord record) {
        owed.add(record);
        try {
            writeOwed();
        } catch (StoreException refusal) {
            LOG.warn("{}; {} outcomes are written later", refusal.getMessage(), owed.size());
        }
    }

    private void writeOwed() {
        while (!owed.isEmpty()) {
            StateRecord record = owed.remove();
            try {
                store.append(record);
            } catch (StoreException refusal) {
                owed.addFirst(record);
                throw refusal;
            }
        }
    }

    /** Writes what is owed; says whether nothing is any more. */
    boolean settle() {
        try {
            writeOwed();
            return true;
        } catch (StoreException refusal) {
            return false;
        }
    }
}
