package dev.bailey.runtime.oci;

import dev.bailey.runtime.ContainerException;
import dev.bailey.runtime.ContainerException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an OCI runtime prints when it fails, made into one line and an exit code as Docker gives them. */
public final class RuntimeMessages {
    private static final Pattern LOGRUS = Pattern.compile("level=(?:error|fatal) msg=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern CRUN_PREFIX = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\S+: ");
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final int OTHER = 128;

    private RuntimeMessages() {}

    /**
     * The reason in what a runtime printed.
     *
     * @param output of the runtime, perhaps several lines
     */
    public static String reason(String output) {
        Matcher logged = LOGRUS.matcher(output);
        String last = "";
        while (logged.find()) {
            last = logged.group(1).replaceAll("\\\\n", " ").replaceAll("\\\\+(\"|\\\\)", "$1");
        }
        if (last.isEmpty()) {
            last = output.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
            last = CRUN_PREFIX.matcher(last).replaceFirst("");
        }
        return last.isBlank() ? "no reason given" : last.strip();
    }

    /**
     * The error for a container that the runtime could not start.
     *
     * @param output of the runtime
     */
    public static ContainerException createFailed(String output) {
        return new ContainerException(Kind.INVALID_ARGUMENT, "OCI runtime create failed: " + reason(output));
    }

    /**
     * The error for an exec that the runtime could not start.
     *
     * @param output of the runtime
     */
    public static ContainerException execFailed(String output) {
        return new ContainerException(Kind.INVALID_ARGUMENT, "OCI runtime exec failed: " + reason(output));
    }

    /**
     * The exit code that stands for a failed start: 127 when the program is not there, 126 when it may not be run, else
     * 128.
     *
     * @param message of the error
     */
    public static int exitCode(String message) {
        if (message.contains("executable file not found")
                || message.contains("executable file `") && message.contains("not found")
                || message.contains("o such file or directory")) {
            return NOT_FOUND;
        }
        boolean refused = message.contains("ermission denied")
                || message.contains("is a directory")
                || message.contains("exec format error");
        return refused ? NOT_EXECUTABLE : OTHER;
    }
}
