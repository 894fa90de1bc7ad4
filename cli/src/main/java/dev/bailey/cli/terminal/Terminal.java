package dev.bailey.cli.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The terminal on standard input, driven through stty(1): native calls from Java would cost the client
 * more start-up time than the two processes do.
 */
public final class Terminal {
    private static final long STTY_LIMIT_SECONDS = 5;

    private final String saved;

    private Terminal(String saved) {
        this.saved = saved;
    }

    /**
     * The size of a terminal in characters.
     *
     * @param rows lines, at least 1
     * @param columns characters a line, at least 1
     */
    public record Size(int rows, int columns) {
        /** Reads what {@code stty size} prints; empty when it is no size, or one of nothing. */
        static Optional<Size> parse(String text) {
            if (!text.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}")) {
                return Optional.empty();
            }
            int space = text.indexOf(' ');
            return Optional.of(
                    new Size(Integer.parseInt(text.substring(0, space)), Integer.parseInt(text.substring(space + 1))));
        }
    }

    /** Returns the terminal on standard input; empty when something else is there. */
    public static Optional<Terminal> onStandardInput() {
        return stty("-g").filter(state -> !state.isEmpty()).map(Terminal::new);
    }

    /** Returns the present size; empty when the terminal does not know. */
    public Optional<Size> size() {
        return stty("size").flatMap(Size::parse);
    }

    /**
     * Hands every key to the program as it is typed, until the result is closed. The way back is also
     * taken when the JVM ends by itself or by a signal.
     */
    public Mode enterRawMode() {
        Mode mode = new Mode(saved);
        Runtime.getRuntime().addShutdownHook(mode.hook);
        stty("raw", "-echo");
        return mode;
    }

    /** A mode that a terminal is in for a while; closing it, twice if need be, restores what was. */
    public static final class Mode implements AutoCloseable {
        /** No change, and so nothing to restore. */
        public static final Mode UNCHANGED = new Mode("");

        private final String saved;
        private final AtomicBoolean restored = new AtomicBoolean();
        private final Thread hook = new Thread(this::close, "restore-terminal");

        private Mode(String saved) {
            this.saved = saved;
        }

        @Override
        public void close() {
            if (!saved.isEmpty() && restored.compareAndSet(false, true)) {
                stty(saved);
            }
        }
    }

    private static Optional<String> stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
            if (!process.waitFor(STTY_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
