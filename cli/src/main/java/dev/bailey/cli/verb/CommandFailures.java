package dev.bailey.cli.verb;

import dev.bailey.cli.client.DaemonException;

/** The exit codes by which run and exec tell why a command did not run, as Docker's client does. */
final class CommandFailures {
    /** The container could not be made or started. */
    static final int CONTAINER_FAILED = 125;

    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private CommandFailures() {}

    /** Returns the exit code of {@code run} after a refusal. */
    static int codeOfRun(DaemonException refusal) {
        return code(refusal, CONTAINER_FAILED);
    }

    /** Returns the exit code of {@code exec} after a refusal. */
    static int codeOfExec(DaemonException refusal) {
        return code(refusal, 1);
    }

    /** The API has no field for this; the words are those of the OCI runtimes. */
    private static int code(DaemonException refusal, int otherwise) {
        String message = refusal.reason();
        if (!message.contains("exec")) {
            return otherwise;
        }
        if (message.contains("executable file not found") || message.contains("no such file or directory")) {
            return NOT_FOUND;
        }
        return message.contains("permission denied") || message.contains("is a directory") ? NOT_EXECUTABLE : otherwise;
    }
}
