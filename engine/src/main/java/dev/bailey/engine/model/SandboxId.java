package dev.bailey.engine.model;

import java.util.random.RandomGenerator;

/**
 * The id of a sandbox. A container's sandbox has the container's id.
 *
 * @param value 64 hexadecimal digits in lower case
 */
public record SandboxId(String value) {
    /** Checks the form. */
    public SandboxId {
        HexId.check("a sandbox", value);
    }

    /** A new id from the system's secure random source. */
    public static SandboxId random() {
        return new SandboxId(HexId.random());
    }

    /** A new id from the given source, for tests that must repeat. */
    public static SandboxId random(RandomGenerator source) {
        return new SandboxId(HexId.random(source));
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
