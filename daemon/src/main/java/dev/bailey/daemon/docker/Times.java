package dev.bailey.daemon.docker;

import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Query;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Moments and durations as the API writes and reads them. */
final class Times {
    /** What stands for a moment that has not come. */
    static final String NEVER = "0001-01-01T00:00:00Z";

    private static final DateTimeFormatter NINE_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?(?<=.)");
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?");

    private Times() {}

    /** RFC 3339 with as many digits as it takes; {@link #NEVER} for the epoch. */
    static String text(Instant time) {
        return time.equals(Instant.EPOCH) ? NEVER : time.toString();
    }

    /** RFC 3339 with nine digits of a second, as log lines have it. */
    static String nanos(Instant time) {
        return NINE_DIGITS.format(time);
    }

    /**
     * A moment from the query: seconds since 1970 with up to nine digits behind the point, or RFC 3339; empty for none.
     *
     * @throws HttpFailure 400 when it is neither
     */
    static Optional<Instant> read(Query query, String name) {
        Optional<String> text = query.text(name);
        try {
            return text.map(Times::parse);
        } catch (DateTimeException | ArithmeticException e) {
            throw HttpFailure.badRequest("query parameter " + name + "='" + text.orElse("")
                    + "' is no time: want seconds since 1970 or RFC 3339, like 1700000000.5 or 2023-11-14T22:13:20Z");
        }
    }

    /** The end of a span of time from the query, as {@link #read} reads it; {@code 0} stands for none. */
    static Optional<Instant> readUntil(Query query) {
        return read(query, "until").filter(time -> !time.equals(Instant.EPOCH));
    }

    /**
     * A moment out of a filter: seconds since 1970, RFC 3339, or a time ago such as {@code 10m} or {@code 24h}.
     *
     * @throws HttpFailure 400 when it is none of these
     */
    static Instant parse(String what, String text) {
        try {
            return AGO.matcher(text).matches()
                    ? Instant.now().minus(Duration.parse("PT" + text.toUpperCase(Locale.ROOT)))
                    : parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw HttpFailure.badRequest(what + "='" + text
                    + "' is no time: want seconds since 1970, RFC 3339, or a time ago like 10m or 24h");
        }
    }

    private static Instant parse(String text) {
        if (!SECONDS.matcher(text).matches()) {
            return OffsetDateTime.parse(text).toInstant();
        }
        BigDecimal seconds = new BigDecimal(text);
        return Instant.ofEpochSecond(0, seconds.movePointRight(9).longValueExact());
    }

    /** A duration for people, in Docker's words: {@code 5 minutes}. */
    static String human(Duration duration) {
        long seconds = Math.max(duration.toSeconds(), 0);
        long minutes = seconds / 60;
        long hours = (seconds + 1800) / 3600;
        if (seconds < 1) {
            return "Less than a second";
        } else if (seconds < 60) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        } else if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        } else if (hours < 48) {
            return hours == 1 ? "About an hour" : hours + " hours";
        } else if (hours < 24 * 14) {
            return hours / 24 + " days";
        } else if (hours < 24 * 60) {
            return hours / (24 * 7) + " weeks";
        } else if (hours < 24 * 365 * 2) {
            return hours / (24 * 30) + " months";
        }
        return hours / (24 * 365) + " years";
    }
}
