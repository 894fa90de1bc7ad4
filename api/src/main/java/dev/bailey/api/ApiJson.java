package dev.bailey.api;

import io.avaje.jsonb.Jsonb;

/**
 * The JSON settings that the daemon and its clients share: absent fields are left out, empty lists
 * and objects are written, fields that are not known are passed over.
 */
public final class ApiJson {
    private ApiJson() {}

    /** Returns the one instance; made at the first call, safe for any thread. */
    public static Jsonb jsonb() {
        return Holder.JSONB;
    }

    private static final class Holder {
        static final Jsonb JSONB = Jsonb.builder()
                .serializeNulls(false)
                .serializeEmpty(true)
                .failOnUnknown(false)
                .build();
    }
}
