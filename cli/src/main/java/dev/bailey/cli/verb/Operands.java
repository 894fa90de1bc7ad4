package dev.bailey.cli.verb;

import dev.bailey.cli.client.DaemonException;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.List;

/** The checks and the loops that verbs share over what they are told to work on. */
final class Operands {
    private Operands() {}

    /** Something done to one object. */
    @FunctionalInterface
    interface Action {
        /** Does it to the object with this name or id. */
        void on(String name) throws IOException;
    }

    /** Checks that nothing was given. */
    static void none(Verb verb, ParsedOptions given) {
        if (!given.operands().isEmpty()) {
            throw verb.options().usage("unexpected " + given.operands().getFirst());
        }
    }

    /** Returns the only operand. */
    static String one(Verb verb, ParsedOptions given, String what) {
        if (given.operands().size() != 1) {
            throw verb.options()
                    .usage("exactly one " + what + " is needed, not "
                            + given.operands().size());
        }
        return given.operands().getFirst();
    }

    /** Returns the only two operands. */
    static List<String> two(Verb verb, ParsedOptions given, String what) {
        if (given.operands().size() != 2) {
            throw verb.options()
                    .usage(what + " are needed, not " + given.operands().size() + " operands");
        }
        return given.operands();
    }

    /** Checks that at least one operand was given. */
    static void some(Verb verb, ParsedOptions given, String what) {
        if (given.operands().isEmpty()) {
            throw verb.options().usage("at least one " + what + " is needed");
        }
    }

    /** Does something to each operand and prints it; goes on past refusals. Returns the exit code. */
    static int each(Context context, ParsedOptions given, Action action) throws IOException {
        int exitCode = 0;
        for (String name : given.operands()) {
            try {
                action.on(name);
                context.out().println(name);
            } catch (DaemonException e) {
                context.complain(e.reason());
                exitCode = 1;
            }
        }
        return exitCode;
    }
}
