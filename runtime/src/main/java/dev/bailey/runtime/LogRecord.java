package dev.bailey.runtime;

import java.time.Instant;

/**
 * One piece of a container's logged output.
 *
 * @param time when it was logged
 * @param stream where the process wrote it
 * @param data the bytes, with the line end when the line is complete; owned by the receiver
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record LogRecord(Instant time, OutputStreamName stream, byte[] data) {}
