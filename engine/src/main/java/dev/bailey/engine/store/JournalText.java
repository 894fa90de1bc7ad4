package dev.bailey.engine.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The lines of a journal, which are ASCII and end with a line feed. The first one is
 *
 * <pre>bailey-state FORMAT LINES CHECKSUM</pre>
 *
 * with the number of lines that were safe on the disk before the file got its name. Each other one is
 *
 * <pre>CHECKSUM NUMBER SYNCED RECORD</pre>
 *
 * with its own number, counted from 1, and the number of the last line known to be safe when it was written: together
 * they tell a line that a loss of power kept from the disk from one that was there and got lost. A checksum is the
 * CRC-32C of the rest of its line in eight hexadecimal digits. Zeros may follow the last line.
 */
final class JournalText {
    /** Counted up whenever an older version could misread what is written; all that came before can be read. */
    static final int FORMAT = 6;

    private static final Pattern HEADER = Pattern.compile("(bailey-state ([0-9]{1,9}) ([0-9]{1,18})) ([0-9a-f]{8})");
    /** The part of the first line that every format, older or newer, must keep. */
    private static final Pattern ANY_FORMAT = Pattern.compile("bailey-state ([0-9]{1,9})( .*)?");

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{8}) (([0-9]{1,18}) ([0-9]{1,18}) (.+))");

    private JournalText() {}

    /** A line other than the first. */
    record Line(long number, long synced, StateRecord record) {}

    static byte[] header(long lines) {
        String text = "bailey-state " + FORMAT + " " + lines;
        return bytes(text + " " + checksum(text));
    }

    static byte[] line(long number, long synced, String record) {
        String text = number + " " + synced + " " + record;
        return bytes(checksum(text) + " " + text);
    }

    /** The format that a first line names, if it names one. */
    static Optional<Integer> format(String header) {
        Matcher matcher = ANY_FORMAT.matcher(header);
        return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    /** The number of lines in a sound first line of this format or an earlier one. */
    static Optional<Long> parseHeader(String header) {
        Matcher matcher = HEADER.matcher(header);
        boolean sound = matcher.matches()
                && Integer.parseInt(matcher.group(2)) <= FORMAT
                && checksum(matcher.group(1)).equals(matcher.group(4));
        return sound ? Optional.of(Long.parseLong(matcher.group(3))) : Optional.empty();
    }

    /** A sound line of which the record makes sense. */
    static Optional<Line> parseLine(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || !checksum(matcher.group(2)).equals(matcher.group(1))) {
            return Optional.empty();
        }
        try {
            StateRecord record = RecordText.decode(matcher.group(5));
            return Optional.of(new Line(Long.parseLong(matcher.group(3)), Long.parseLong(matcher.group(4)), record));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static byte[] bytes(String line) {
        return (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
