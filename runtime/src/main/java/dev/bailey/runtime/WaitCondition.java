package dev.bailey.runtime;

/** What a waiting client waits for. */
public enum WaitCondition {
    /** That the container is not running; true at once for one that is not. */
    NOT_RUNNING,
    /** That the container ends once more from now on. */
    NEXT_EXIT,
    /** That the container is removed. */
    REMOVED
}
