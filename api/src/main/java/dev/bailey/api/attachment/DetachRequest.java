package dev.bailey.api.attachment;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /bailey/detach}: names what to detach in exactly one way.
 *
 * @param netns path of a network namespace, to detach all its endpoints
 * @param endpoint an endpoint's id
 * @param name a sandbox's name, to detach all its endpoints
 */
@Json
public record DetachRequest(
        @Nullable String netns,
        @Nullable String endpoint,
        @Nullable String name) {}
