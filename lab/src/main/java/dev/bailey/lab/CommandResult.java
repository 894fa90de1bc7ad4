package dev.bailey.lab;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What an ended command has left: its exit code and all that it printed.
 *
 * @param host the name of the host that the command ran in
 * @param command the command with its arguments
 * @param exitCode 0 to 255; 128 + n where signal n ended the command
 * @param output what it wrote to standard output, as UTF-8
 * @param error what it wrote to standard error, as UTF-8
 */
public record CommandResult(String host, List<String> command, int exitCode, String output, String error) {
    private static final int SHOWN_CHARACTERS = 2000;

    /** Copies the command. */
    public CommandResult {
        requireNonNull(host, "host");
        command = List.copyOf(command);
        requireNonNull(output, "output");
        requireNonNull(error, "error");
    }

    /** Whether the command ended with exit code 0. */
    public boolean succeeded() {
        return exitCode == 0;
    }

    /** The lines of standard output, without the empty ones. */
    public List<String> lines() {
        return output.lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * This result, if the command succeeded.
     *
     * @throws LabException when it did not; the message has the end of what it printed
     */
    public CommandResult orThrow() {
        if (!succeeded()) {
            throw new LabException(describe());
        }
        return this;
    }

    private String describe() {
        String said = error.isBlank() ? output : error;
        return "`" + String.join(" ", command) + "` in " + host + " ended with " + exitCode
                + (said.isBlank() ? " and printed nothing" : ": " + tail(said));
    }

    static String tail(String text) {
        String trimmed = text.strip();
        return trimmed.length() <= SHOWN_CHARACTERS
                ? trimmed
                : "…" + trimmed.substring(trimmed.length() - SHOWN_CHARACTERS);
    }
}
