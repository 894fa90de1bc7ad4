package dev.bailey.runtime;

/**
 * Some bytes that a process wrote, as they came.
 *
 * @param stream where it wrote them
 * @param data the bytes; owned by the receiver
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record OutputFrame(OutputStreamName stream, byte[] data) {}
