package dev.bailey.api.view;

import io.avaje.jsonb.Json;

/**
 * What a link counted in one direction since it was made.
 *
 * @param packets number of packets
 * @param bytes number of bytes
 * @param errors packets that were broken
 * @param dropped packets that there was no room for
 */
@Json
public record LinkTraffic(long packets, long bytes, long errors, long dropped) {
    /** Nothing, as of a link that does not count. */
    public static final LinkTraffic NONE = new LinkTraffic(0, 0, 0, 0);
}
