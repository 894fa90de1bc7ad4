package dev.bailey.engine.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is set of a user-defined network beside its addresses and what it lets through.
 *
 * @param created when it was made, in milliseconds; the epoch where nobody took note
 * @param labels the operator's own notes
 * @param interfacePrefix what the names of its endpoints' interfaces begin with, before a number
 * @param fixedMtu whether its MTU was asked for, so that it does not follow the uplinks
 */
public record NetworkDetails(Instant created, Map<String, String> labels, String interfacePrefix, boolean fixedMtu) {
    /** What the names of interfaces begin with when nobody says. */
    public static final String DEFAULT_PREFIX = "eth";

    /** A number of up to four digits behind it makes a name that the kernel takes. */
    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.-]{0,10}");

    /** Nothing is set. */
    public static final NetworkDetails NONE = new NetworkDetails(Instant.EPOCH, Map.of(), DEFAULT_PREFIX, false);

    /** Copies the maps and checks the prefix. */
    public NetworkDetails {
        created = created.truncatedTo(ChronoUnit.MILLIS);
        labels = Map.copyOf(labels);
        Objects.requireNonNull(interfacePrefix, "interfacePrefix");
        if (!PREFIX.matcher(interfacePrefix).matches()) {
            throw Text.bad(
                    interfacePrefix,
                    "is not a prefix of interface names: it has 1 to 11 letters, digits, '_', '.' or '-' and starts"
                            + " with a letter");
        }
    }
}
