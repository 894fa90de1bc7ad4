package dev.bailey.cli.verb;

import dev.bailey.cli.client.DaemonException;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.output.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Objects as the daemon describes them, in one JSON list. */
final class Inspection {
    private static final int NOT_FOUND = 404;

    private Inspection() {}

    /**
     * Prints what is found and complains about each name that is not.
     *
     * @param kinds what to ask for a name, one kind of object after the other
     * @return the exit code
     */
    static int print(Context context, List<String> names, List<UnaryOperator<String>> kinds) throws IOException {
        List<String> found = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            try {
                find(context, name, kinds).ifPresentOrElse(found::add, () -> problems.add("no such object: " + name));
            } catch (DaemonException e) {
                problems.add(e.reason());
            }
        }
        context.out().println(JsonText.indent("[" + String.join(",", found) + "]"));
        problems.forEach(context::complain);
        return problems.isEmpty() ? 0 : 1;
    }

    private static Optional<String> find(Context context, String name, List<UnaryOperator<String>> kinds)
            throws IOException {
        for (UnaryOperator<String> kind : kinds) {
            try {
                return Optional.of(context.daemon().text(Request.get(kind.apply(name))));
            } catch (DaemonException e) {
                if (e.status() != NOT_FOUND || kinds.size() == 1) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }
}
