package dev.bailey.engine.model;

import java.util.random.RandomGenerator;

/**
 * The id of a network.
 *
 * @param value 64 hexadecimal digits in lower case
 */
public record NetworkId(String value) {
    /** Checks the form. */
    public NetworkId {
        HexId.check("a network", value);
    }

    /** A new id from the system's secure random source. */
    public static NetworkId random() {
        return new NetworkId(HexId.random());
    }

    /** A new id from the given source, for tests that must repeat. */
    public static NetworkId random(RandomGenerator source) {
        return new NetworkId(HexId.random(source));
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
