package dev.bailey.engine.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much may pass in a second.
 *
 * @param bitsPerSecond 8,000 to 10 to the power of 14, whole bytes: below, one full-sized packet a second would be more
 */
public record BitRate(long bitsPerSecond) {
    private static final long LEAST = 8_000;
    private static final long MOST = 100_000_000_000_000L;
    private static final int BITS = 8;
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?) ?([a-z]*)");
    private static final Map<String, Long> UNITS = units();

    /** Checks the range. */
    public BitRate {
        if (bitsPerSecond < LEAST || bitsPerSecond > MOST) {
            throw new IllegalArgumentException(
                    "a rate of " + bitsPerSecond + " bit/s cannot be kept: it is from 8kbit to 100tbit");
        }
        if (bitsPerSecond % BITS != 0) {
            throw new IllegalArgumentException("a rate of " + bitsPerSecond + " bit/s is not one of whole bytes");
        }
    }

    /** The units of tc(8): of bits and of bytes, by thousands and, with an i, by 1,024. */
    private static Map<String, Long> units() {
        Map<String, Long> units = new TreeMap<>();
        long decimal = 1;
        long binary = 1;
        for (String prefix : new String[] {"", "k", "m", "g", "t"}) {
            String sign = prefix.isEmpty() ? "" : prefix + "i";
            units.put(prefix + "bit", decimal);
            units.put(sign + "bit", binary);
            units.put(prefix + "bps", decimal * BITS);
            units.put(sign + "bps", binary * BITS);
            decimal *= 1000;
            binary *= 1024;
        }
        units.put("", 1L);
        return units;
    }

    /**
     * Reads a rate as tc(8) does: {@code 10mbit}, {@code 1.5gbit}, {@code 500kbps}, {@code 1mibit}; a number alone is bits a
     * second. The case does not matter.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static BitRate parse(String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw Text.bad(
                    text,
                    "is not a rate: write a number with bit, kbit, mbit, gbit (bits a second) or bps, kbps, mbps, gbps"
                            + " (bytes a second), like 10mbit");
        }
        BigDecimal bits = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        if (bits.compareTo(BigDecimal.valueOf(MOST)) > 0) {
            throw Text.bad(text, "is more than a rate can be: it is from 8kbit to 100tbit");
        }
        return new BitRate(
                bits.divide(BigDecimal.valueOf(BITS), 0, RoundingMode.HALF_UP).longValueExact() * BITS);
    }

    /** The rate of so many bytes a second; empty where that is none. */
    public static Optional<BitRate> ofBytes(long bytesPerSecond) {
        boolean fits = bytesPerSecond >= LEAST / BITS && bytesPerSecond <= MOST / BITS;
        return fits ? Optional.of(new BitRate(bytesPerSecond * BITS)) : Optional.empty();
    }

    /** In bytes a second, at least 1,000. */
    public long bytesPerSecond() {
        return bitsPerSecond / BITS;
    }

    /** The form that {@link #parse} reads, in the largest unit of bits by thousands that leaves no fraction. */
    @Override
    public String toString() {
        long number = bitsPerSecond;
        String[] prefixes = {"", "k", "m", "g", "t"};
        int at = 0;
        while (at < prefixes.length - 1 && number % 1000 == 0) {
            number /= 1000;
            at++;
        }
        return number + prefixes[at] + "bit";
    }
}
