package dev.bailey.runtime.state;

import io.avaje.jsonb.Json;
import java.time.Instant;

/**
 * Where a container is in its life, as its state file says; never changes.
 *
 * @param phase the stage
 * @param process its first process; {@link ProcessIdentity#NONE} when none is known
 * @param exitCode how it ended last
 * @param error why it could not be started last; empty otherwise
 * @param oomKilled whether the kernel ended it last for want of memory
 * @param startedAt when it was started last; the epoch when never
 * @param finishedAt when it ended last; the epoch when never
 */
@Json
public record Life(
        Phase phase,
        ProcessIdentity process,
        int exitCode,
        String error,
        boolean oomKilled,
        Instant startedAt,
        Instant finishedAt) {
    /** The stages. The two that end in -ING are found in a file only after a crash in the middle of one. */
    public enum Phase {
        /** Made, never started. */
        CREATED,
        /** Being started: nothing that was made for it yet may outlive a crash, unless its process runs. */
        STARTING,
        /** Started. */
        RUNNING,
        /** Ended. */
        EXITED,
        /** Being removed: nothing of it may remain. */
        REMOVING
    }

    /** The life of a container just made. */
    public static Life created() {
        return new Life(Phase.CREATED, ProcessIdentity.NONE, 0, "", false, Instant.EPOCH, Instant.EPOCH);
    }

    /** The same life, being started. */
    public Life starting() {
        return new Life(Phase.STARTING, ProcessIdentity.NONE, exitCode, "", false, startedAt, finishedAt);
    }

    /** The same life with its process running. */
    public Life running(ProcessIdentity newProcess, Instant now) {
        return new Life(Phase.RUNNING, newProcess, 0, "", false, now, finishedAt);
    }

    /** The same life, ended. */
    public Life exited(int code, boolean outOfMemory, Instant now) {
        return new Life(Phase.EXITED, ProcessIdentity.NONE, code, "", outOfMemory, startedAt, now);
    }

    /** The same life after a start that failed. */
    public Life failed(int code, String reason, Instant now) {
        return new Life(Phase.EXITED, ProcessIdentity.NONE, code, reason, false, startedAt, now);
    }

    /** The same life, being removed. */
    public Life removing() {
        return new Life(Phase.REMOVING, process, exitCode, error, oomKilled, startedAt, finishedAt);
    }
}
