package dev.bailey.engine.store;

import dev.bailey.engine.store.JournalText.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a journal's bytes amount to, and whether they are as they were written.
 *
 * <p>Lines count up to the first that is broken, out of turn, or does not fit those before. If nothing tells that it had
 * been safe on the disk, it and all behind it were cut off by a crash: nobody had been told that they would last. If
 * something does, the file was damaged later: then every sound line that fits is used, as the best guess there is.
 */
final class JournalReader {
    /** What became of the file since it was written. */
    sealed interface Ending {
        /** Nothing. */
        record Complete() implements Ending {}

        /** Its end was not written completely, from this place on. */
        record Torn(long line, long offset) implements Ending {}

        /** It was changed at this place; so many of the lines behind the first are used. */
        record Damaged(long line, long offset, int used, int lines) implements Ending {}
    }

    private final LiveState state = new LiveState();
    private final List<Line> afterFault = new ArrayList<>();
    private long linesSafeAtFirst;
    private long expected = 1;
    private int used;
    private @Nullable Fault fault;

    /** The first thing wrong, and the number of the line that should have been there; 0 for the first line. */
    private record Fault(long line, long offset, long number) {}

    /**
     * Reads a journal.
     *
     * @throws UnknownFormatException when a newer version wrote it
     */
    static JournalReader read(byte[] bytes) throws UnknownFormatException {
        JournalReader reader = new JournalReader();
        reader.readLines(bytes);
        return reader;
    }

    /** A journal of a format that this version does not know. */
    static final class UnknownFormatException extends Exception {
        private static final long serialVersionUID = 1L;

        private final int format;

        UnknownFormatException(int format) {
            super("format " + format);
            this.format = format;
        }

        int format() {
            return format;
        }
    }

    private void readLines(byte[] bytes) throws UnknownFormatException {
        long lineNumber = 1;
        int start = 0;
        for (int end = indexOfLineFeed(bytes, 0); end >= 0; end = indexOfLineFeed(bytes, start)) {
            String line = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
            if (lineNumber == 1) {
                readHeader(line);
            } else {
                readLine(line, lineNumber, start);
            }
            lineNumber++;
            start = end + 1;
        }
        if (lineNumber == 1) {
            checkFormat(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        if (lineNumber == 1 || !isZero(bytes, start) || expected <= linesSafeAtFirst) {
            found(lineNumber, start, lineNumber == 1 ? 0 : expected);
        }
    }

    private void readHeader(String line) throws UnknownFormatException {
        checkFormat(line);
        Optional<Long> lines = JournalText.parseHeader(line);
        if (lines.isPresent()) {
            linesSafeAtFirst = lines.get();
        } else {
            found(1, 0, 0);
        }
    }

    private static void checkFormat(String line) throws UnknownFormatException {
        int format = JournalText.format(line).orElse(JournalText.FORMAT);
        if (format > JournalText.FORMAT) {
            throw new UnknownFormatException(format);
        }
    }

    private void readLine(String text, long lineNumber, long offset) {
        Optional<Line> line = JournalText.parseLine(text);
        if (fault != null) {
            line.ifPresent(afterFault::add);
        } else if (line.isPresent()
                && line.get().number() == expected
                && fits(line.get().record())) {
            expected++;
        } else {
            found(lineNumber, offset, expected);
            line.ifPresent(afterFault::add);
        }
    }

    private boolean fits(StateRecord record) {
        try {
            state.apply(record);
            used++;
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void found(long line, long offset, long number) {
        if (fault == null) {
            fault = new Fault(line, offset, number);
        }
    }

    /** Takes over what is sound behind a damage; to be called once, before the state is used. */
    Ending finish() {
        Fault found = fault;
        if (found == null) {
            return new Ending.Complete();
        }
        boolean wasSafe =
                found.number <= linesSafeAtFirst || afterFault.stream().anyMatch(line -> line.synced() >= found.number);
        if (!wasSafe) {
            return new Ending.Torn(found.line, found.offset);
        }
        afterFault.forEach(line -> fits(line.record()));
        int lines = (int) Math.max(expected - 1 + afterFault.size(), linesSafeAtFirst);
        return new Ending.Damaged(found.line, found.offset, used, lines);
    }

    /** What the lines amount to. */
    LiveState state() {
        return state;
    }

    private static int indexOfLineFeed(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isZero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
