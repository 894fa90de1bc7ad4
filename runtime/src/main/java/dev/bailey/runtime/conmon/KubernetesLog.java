package dev.bailey.runtime.conmon;

import dev.bailey.runtime.LogRecord;
import dev.bailey.runtime.OutputStreamName;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * Lines of the log that conmon writes, in the format of Kubernetes' container runtime interface.
 *
 * <pre>
 * 2026-01-31T12:00:00.123456789+00:00 stdout F a whole line
 * 2026-01-31T12:00:01.123456789+00:00 stderr P the first part of one
 * </pre>
 */
final class KubernetesLog {
    private static final int HEADER_FIELDS = 3;

    private KubernetesLog() {}

    /** A record from a line without its line end; empty when it is damaged. */
    static Optional<LogRecord> parse(byte[] line) {
        int[] blanks = blanks(line);
        if (blanks.length < HEADER_FIELDS) {
            return Optional.empty();
        }
        String time = ascii(line, 0, blanks[0]);
        String stream = ascii(line, blanks[0] + 1, blanks[1]);
        String tag = ascii(line, blanks[1] + 1, blanks[2]);
        if (!stream.matches("stdout|stderr") || !tag.matches("[FP](:.*)?")) {
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(time).toInstant();
            OutputStreamName name = stream.equals("stderr") ? OutputStreamName.STDERR : OutputStreamName.STDOUT;
            return Optional.of(new LogRecord(instant, name, data(line, blanks[2] + 1, tag.startsWith("F"))));
        } catch (DateTimeException damaged) {
            return Optional.empty();
        }
    }

    /** Whether a line ends a line of the process's output, given its first bytes. */
    static boolean isWhole(byte[] start) {
        int[] blanks = blanks(start);
        return blanks.length >= 2 && blanks[1] + 1 < start.length && start[blanks[1] + 1] == 'F';
    }

    private static byte[] data(byte[] line, int from, boolean whole) {
        byte[] data = Arrays.copyOfRange(line, from, whole ? line.length + 1 : line.length);
        if (whole) {
            data[data.length - 1] = '\n';
        }
        return data;
    }

    private static int[] blanks(byte[] line) {
        int[] positions = new int[HEADER_FIELDS];
        int found = 0;
        for (int i = 0; i < line.length && found < HEADER_FIELDS; i++) {
            if (line[i] == ' ') {
                positions[found++] = i;
            }
        }
        return Arrays.copyOf(positions, found);
    }

    private static String ascii(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.US_ASCII);
    }
}
