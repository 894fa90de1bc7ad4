package dev.bailey.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The terminal on standard output, to which a text is written again and again in the same place. */
public final class Screen {
    private static final List<String> TERMINALS = List.of("/dev/pts/", "/dev/tty", "/dev/console");
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final int USUAL_ROWS = 24;

    private final PrintStream out;

    private Screen(PrintStream out) {
        this.out = out;
    }

    /**
     * Returns the terminal that standard output is; empty where it is a file, a pipe, or a test's.
     *
     * @param out what writes to standard output
     */
    public static Optional<Screen> of(StandardStreams streams, PrintStream out) {
        try {
            boolean own = streams.out() instanceof FileOutputStream file && file.getFD() == FileDescriptor.out;
            return own && isTerminal() ? Optional.of(new Screen(out)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isTerminal() throws IOException {
        String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
        return TERMINALS.stream().anyMatch(target::startsWith);
    }

    /** Shows as much of a text as fits, in the place of what was shown before. */
    public void show(String text) {
        int rows = Terminal.onStandardInput()
                .flatMap(Terminal::size)
                .map(Terminal.Size::rows)
                .orElse(USUAL_ROWS);
        out.print(frame(text, rows));
        out.flush();
    }

    /** What is written for a text on a terminal of that many lines: the last one says what is left out. */
    static String frame(String text, int rows) {
        List<String> lines = text.lines().toList();
        boolean fits = lines.size() < rows;
        int shown = fits ? lines.size() : Math.max(0, rows - 2);
        StringBuilder frame = new StringBuilder(HOME);
        lines.subList(0, shown)
                .forEach(line -> frame.append(line).append(CLEAR_LINE).append('\n'));
        if (!fits) {
            frame.append("and ")
                    .append(lines.size() - shown)
                    .append(" more")
                    .append(CLEAR_LINE)
                    .append('\n');
        }
        return frame.append(CLEAR_BELOW).toString();
    }
}
