package dev.bailey.engine.view;

/**
 * What was counted in one direction.
 *
 * @param packets number of packets
 * @param bytes number of bytes
 * @param errors packets that were broken
 * @param dropped packets that there was no room for
 */
public record Traffic(long packets, long bytes, long errors, long dropped) {
    /** Nothing. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0);
}
