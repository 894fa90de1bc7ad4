package dev.bailey.runtime;

import dev.bailey.runtime.ContainerException.Kind;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The identity of a container: 64 lower-case hex digits, also the id of its sandbox.
 *
 * @param value the digits
 */
public record ContainerId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int SHORT_LENGTH = 12;

    /** Checks the form; throws {@link ContainerException} when it is not 64 lower-case hex digits. */
    public ContainerId {
        if (!FORM.matcher(value).matches()) {
            throw new ContainerException(
                    Kind.INVALID_ARGUMENT, "invalid container id \"" + value + "\": want 64 lower-case hex digits");
        }
    }

    /** A fresh id, unique by its 256 random bits. */
    public static ContainerId random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new ContainerId(HexFormat.of().formatHex(bytes));
    }

    /** The first 12 digits, for people. */
    public String shortForm() {
        return value.substring(0, SHORT_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
