package dev.bailey.api.image;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * One line of a long operation's answer, {@code POST /images/load} for one.
 *
 * @param stream a line for people, with its line feed
 * @param status a step's state
 * @param error what went wrong; nothing comes after it
 */
@Json
public record ProgressMessage(
        @Nullable String stream,
        @Nullable String status,
        @Nullable String error) {}
