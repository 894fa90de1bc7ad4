package dev.bailey.runtime;

import java.util.List;
import java.util.Optional;

/**
 * One more process asked for in a running container.
 *
 * @param command the program and its arguments, at least one word
 * @param environment {@code KEY=VALUE} entries on top of the container's
 * @param workingDirectory an absolute path inside; the container's when absent
 * @param user {@code user[:group]}; the container's when absent
 * @param tty whether the process gets a terminal
 * @param attachStdin whether standard input is open
 */
public record ExecSpec(
        List<String> command,
        List<String> environment,
        Optional<String> workingDirectory,
        Optional<String> user,
        boolean tty,
        boolean attachStdin) {
    /** Copies the lists. {@link Containers#execCreate} checks the values. */
    public ExecSpec {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
    }
}
