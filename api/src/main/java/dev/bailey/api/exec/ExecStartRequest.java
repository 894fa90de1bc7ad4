package dev.bailey.api.exec;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /exec/{id}/start}.
 *
 * @param detach whether the command runs with nobody attached
 * @param tty whether the command runs on a terminal; must agree with its creation
 * @param consoleSize the terminal's first size as rows, columns; absent when unknown
 */
@Json
public record ExecStartRequest(
        @Json.Property("Detach") boolean detach,
        @Json.Property("Tty") boolean tty,
        @Json.Property("ConsoleSize") @Nullable List<Integer> consoleSize) {}
