package dev.bailey.api;

import dev.bailey.api.jsonb.GeneratedJsonComponent;
import io.avaje.jsonb.Jsonb;
import io.avaje.jsonb.spi.GeneratedComponent;

/**
 * The JSON settings that the daemon and its clients share: absent fields are left out, empty lists
 * and objects are written, fields that are not known are passed over.
 */
public final class ApiJson {
    private ApiJson() {}

    /** Returns the one instance, for the records of this module; made at the first call, safe for any thread. */
    public static Jsonb jsonb() {
        return Holder.JSONB;
    }

    /**
     * Returns another instance, for the records of a component.
     *
     * <p>What is known is said and not looked for: a search for services opens every archive on the class path, which is a tenth
     * of what a short command takes.
     */
    public static Jsonb of(GeneratedComponent component) {
        Jsonb.Builder builder = Jsonb.builder()
                .classLoader(ClassLoader.getPlatformClassLoader())
                .serializeNulls(false)
                .serializeEmpty(true)
                .failOnUnknown(false);
        component.register(builder);
        return builder.build();
    }

    private static final class Holder {
        static final Jsonb JSONB = of(new GeneratedJsonComponent());
    }
}
