package dev.bailey.engine.model;

import java.util.random.RandomGenerator;

/**
 * The id of an endpoint.
 *
 * @param value 64 hexadecimal digits in lower case
 */
public record EndpointId(String value) {
    /** Checks the form. */
    public EndpointId {
        HexId.check("an endpoint", value);
    }

    /** A new id from the system's secure random source. */
    public static EndpointId random() {
        return new EndpointId(HexId.random());
    }

    /** A new id from the given source, for tests that must repeat. */
    public static EndpointId random(RandomGenerator source) {
        return new EndpointId(HexId.random(source));
    }

    /** The first 12 digits, as people see them. */
    public String shortForm() {
        return HexId.shortForm(value);
    }

    /** All 64 digits. */
    @Override
    public String toString() {
        return value;
    }
}
