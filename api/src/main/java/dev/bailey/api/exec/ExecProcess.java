package dev.bailey.api.exec;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The command line of a command inside a container.
 *
 * @param tty whether it runs on a terminal
 * @param entrypoint the program
 * @param arguments its arguments
 * @param privileged whether it runs with all capabilities
 * @param user user, or user:group; may be empty
 */
@Json
public record ExecProcess(boolean tty, String entrypoint, List<String> arguments, boolean privileged, String user) {
    public ExecProcess {
        entrypoint = Absent.orEmpty(entrypoint);
        arguments = Absent.orEmpty(arguments);
        user = Absent.orEmpty(user);
    }
}
