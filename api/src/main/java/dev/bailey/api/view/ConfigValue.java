package dev.bailey.api.view;

import io.avaje.jsonb.Json;

/**
 * A setting of the daemon as it holds.
 *
 * @param name its name on the command line, without dashes
 * @param value its value, several with a comma and a blank between them
 * @param origin where the value came from: {@code command line}, a file with a line, or {@code default}
 */
@Json
public record ConfigValue(String name, String value, String origin) {}
