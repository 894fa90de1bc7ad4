package dev.bailey.runtime;

import dev.bailey.runtime.ContainerException.Kind;
import java.util.regex.Pattern;

/**
 * The identity of one exec: 64 lower-case hex digits.
 *
 * @param value the digits
 */
public record ExecId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /** Checks the form; throws {@link ContainerException} when it is not 64 lower-case hex digits. */
    public ExecId {
        if (!FORM.matcher(value).matches()) {
            throw new ContainerException(Kind.NOT_FOUND, "No such exec instance: " + value);
        }
    }

    /** A fresh id, unique by its 256 random bits. */
    public static ExecId random() {
        return new ExecId(ContainerId.random().value());
    }

    @Override
    public String toString() {
        return value;
    }
}
