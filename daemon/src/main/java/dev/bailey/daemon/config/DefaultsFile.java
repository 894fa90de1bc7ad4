package dev.bailey.daemon.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of shell variables below {@code /etc/default}, of which one holds options. It is read, never run.
 *
 * @param file where it is
 * @param text what it holds
 */
record DefaultsFile(Path file, String text) {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)");
    private static final Pattern NOTHING = Pattern.compile("\\s*(#.*)?");

    /**
     * The options in a variable.
     *
     * @param words the options, in order
     * @param origin where they stand
     */
    record Options(List<String> words, Origin origin) {}

    /**
     * Finds the options of a variable.
     *
     * @param ownPrefix other variables that begin like this are an error, as is a line that is no assignment; empty for a
     *     file of somebody else's
     * @throws UsageException naming the line that is wrong
     */
    Optional<Options> options(String variable, String ownPrefix) {
        Optional<Options> found = Optional.empty();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher assignment = ASSIGNMENT.matcher(lines.get(i));
            Origin origin = Origin.words(file, i + 1);
            if (!assignment.matches()) {
                checkNothing(lines.get(i), origin, ownPrefix);
            } else if (assignment.group(1).equals(variable)) {
                if (found.isPresent()) {
                    throw new UsageException(variable + " is set twice, in "
                            + found.get().origin().place() + " and in " + origin.place() + ": set it once");
                }
                found = Optional.of(new Options(words(variable, assignment.group(2), origin), origin));
            } else if (!ownPrefix.isEmpty() && assignment.group(1).startsWith(ownPrefix)) {
                throw new UsageException(
                        origin.place() + ": " + assignment.group(1) + " is unknown: the variable is " + variable);
            }
        }
        return found;
    }

    private static void checkNothing(String line, Origin origin, String ownPrefix) {
        if (!ownPrefix.isEmpty() && !NOTHING.matcher(line).matches()) {
            throw new UsageException(origin.place() + ": '" + line.strip()
                    + "' is no assignment: the file holds lines like " + ownPrefix + "OPTS=\"--mtu 1400\"");
        }
    }

    private static List<String> words(String variable, String value, Origin origin) {
        try {
            return ShellText.words(ShellText.value(value));
        } catch (IllegalArgumentException e) {
            throw new UsageException(origin.place() + ": " + variable + ": " + e.getMessage());
        }
    }
}
