package dev.bailey.linux;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A signal by its number, with the name that x86-64 and aarch64 give it: {@code asm-generic/signal.h}.
 *
 * @param number 1 to 64
 */
public record Signal(int number) {

    /** Asks a process to end. */
    public static final Signal TERM = new Signal(15);
    /** Ends a process whatever it does. */
    public static final Signal KILL = new Signal(9);

    private static final int MAX = 64;
    private static final int RTMIN = 34;
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    /** Checks the range. */
    public Signal {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("signal " + number + ": want 1 to " + MAX);
        }
    }

    /** Reads {@code SIGTERM}, {@code TERM}, {@code 15} or {@code RTMIN+3}, in any case; empty when it is none. */
    public static Optional<Signal> parse(String text) {
        String name = text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        if (name.matches("[0-9]{1,2}")) {
            return Optional.of(Integer.valueOf(name))
                    .filter(n -> n >= 1 && n <= MAX)
                    .map(Signal::new);
        }
        if (name.matches("RTMIN(\\+[0-9]{1,2})?")) {
            int offset = name.equals("RTMIN") ? 0 : Integer.parseInt(name.substring("RTMIN+".length()));
            return Optional.of(RTMIN + offset).filter(n -> n <= MAX).map(Signal::new);
        }
        return Optional.of(NAMES.indexOf(name)).filter(index -> index >= 0).map(index -> new Signal(index + 1));
    }

    /** The name, such as {@code SIGTERM} or {@code SIGRTMIN+3}. */
    @Override
    public String toString() {
        if (number <= NAMES.size()) {
            return "SIG" + NAMES.get(number - 1);
        }
        return number >= RTMIN ? "SIGRTMIN+" + (number - RTMIN) : "SIG" + number;
    }
}
