package dev.bailey.cli.verb;

import dev.bailey.cli.options.UsageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** A moment that a person gives: what the daemon understands as it is, or how long ago it was. */
final class Moment {
    /** What help says of an option that takes one, after its own words. */
    static final String WORDS = "how long ago (10m, 1h30m), seconds since 1970, or RFC 3339";

    private static final Pattern AGO = Pattern.compile("(\\d+h)?(\\d+m)?(\\d+(\\.\\d{1,9})?s)?");

    private Moment() {}

    /** Returns the moment as the daemon understands it; {@code now} is when {@code 0s} is. */
    static String of(String option, String given, Instant now) {
        if (given.isEmpty() || !AGO.matcher(given).matches()) {
            return given;
        }
        try {
            Instant moment = now.minus(Duration.parse("PT" + given.toUpperCase(Locale.ROOT)));
            return "%d.%09d".formatted(moment.getEpochSecond(), moment.getNano());
        } catch (DateTimeException | ArithmeticException beyond) {
            throw new UsageException("--" + option + " " + given + " is longer ago than there is time");
        }
    }
}
