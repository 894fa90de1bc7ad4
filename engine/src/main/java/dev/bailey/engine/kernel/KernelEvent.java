package dev.bailey.engine.kernel;

/** A change that the kernel reports by itself. */
public sealed interface KernelEvent {

    /**
     * A link is gone from the host's namespace.
     *
     * @param name its name when it went
     */
    record LinkRemoved(String name) implements KernelEvent {}

    /**
     * Something changed on the host, by the engine or by others.
     *
     * @param changes what
     */
    record Changed(HostChanges changes) implements KernelEvent {}

    /** Notifications were lost: what is known of the kernel may be stale, observe it again. */
    record Overflow() implements KernelEvent {}
}
