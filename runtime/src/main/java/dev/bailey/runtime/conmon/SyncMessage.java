package dev.bailey.runtime.conmon;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A line that conmon writes to whoever started it.
 *
 * @param data by turns: 0 when the attach socket is ready, the pid of the process, its exit code; below 0 an error
 * @param message what went wrong, in the OCI runtime's words
 */
@Json
public record SyncMessage(int data, @Nullable String message) {
    /** The message, or a text that says that there is none. */
    String reason() {
        return message == null || message.isBlank() ? "conmon gave no reason" : message.strip();
    }
}
