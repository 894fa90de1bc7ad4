package dev.bailey.cli.output;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/** Lengths of time, sizes and ids in the words of Docker's client. */
public final class Units {
    private static final int SHORT_ID_DIGITS = 12;
    private static final int STEP = 1000;
    private static final MathContext SIZE_DIGITS = new MathContext(3);

    private Units() {}

    /** Returns a length of time in one rounded unit, {@code About an hour} or {@code 3 days}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        long minutes = duration.toMinutes();
        long hours = Math.round(seconds / 3600.0);
        if (seconds < 1) {
            return "Less than a second";
        }
        if (minutes < 1) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        if (hours < 48) {
            return hours <= 1 ? "About an hour" : hours + " hours";
        }
        return days(hours);
    }

    private static String days(long hours) {
        long days = hours / 24;
        if (days < 14) {
            return days + " days";
        }
        if (days < 60) {
            return days / 7 + " weeks";
        }
        return days < 730 ? days / 30 + " months" : days / 365 + " years";
    }

    /** Returns a number of bytes in three digits and a decimal unit, {@code 72.8MB}. */
    public static String size(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < units.length - 1) {
            value /= STEP;
            unit++;
        }
        return BigDecimal.valueOf(value).round(SIZE_DIGITS).stripTrailingZeros().toPlainString() + units[unit];
    }

    /** Returns the first twelve digits of an id, without the name of its digest before it. */
    public static String shortId(String id) {
        String digits = id.substring(id.indexOf(':') + 1);
        return digits.length() > SHORT_ID_DIGITS ? digits.substring(0, SHORT_ID_DIGITS) : digits;
    }

    /** Returns the text cut to a number of characters, the last of them an ellipsis if it was longer. */
    public static String shorten(String text, int characters) {
        if (text.codePointCount(0, text.length()) <= characters) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "…";
    }
}
