package dev.bailey.cli.verb;

import dev.bailey.cli.options.Option;

/** The texts of {@code --help}. */
public final class Help {
    private static final int NAME_WIDTH = 18;
    private static final int OPTION_WIDTH = 30;

    private Help() {}

    /** Returns the help of the whole client. */
    public static String overview() {
        StringBuilder text = new StringBuilder("""
                Usage: bailey [-H unix://PATH] VERB [OPTIONS] [OPERANDS]

                Bailey gives containers their network.

                Verbs:
                """);
        for (String name : Verbs.NAMES) {
            line(text, name, NAME_WIDTH, Verbs.named(name).orElseThrow().summary());
        }
        line(text, "daemon", NAME_WIDTH, "Run the daemon in the foreground");
        line(text, "demo", NAME_WIDTH, "Show what Bailey does, in a lab made of namespaces");
        return text.append("""

                        Exit codes: 0 done, 1 the daemon refused or a file failed, 125 the arguments are wrong
                        (or, of run, the container could not be made), 126 and 127 the command could not be run
                        or found; run and exec otherwise pass on the exit code of the command.

                        'bailey VERB --help' tells more about a verb.
                        """).toString();
    }

    /** Returns the help of one verb. */
    public static String of(Verb verb) {
        StringBuilder text = new StringBuilder();
        text.append("Usage: bailey ").append(verb.name()).append(' ').append(verb.operands());
        text.append("\n\n").append(verb.summary()).append("\n\nOptions:\n");
        for (Option option : verb.options().options()) {
            line(text, option.usage(), OPTION_WIDTH, option.help());
        }
        return text.toString();
    }

    /** Returns the version of this client, from its jar; {@code dev} where it runs without one. */
    public static String version() {
        String version = Help.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    private static void line(StringBuilder text, String name, int width, String meaning) {
        text.append("  ").append(name).repeat(' ', Math.max(width - name.length(), 2));
        text.append(meaning).append('\n');
    }
}
