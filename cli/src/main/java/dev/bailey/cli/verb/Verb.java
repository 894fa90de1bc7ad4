package dev.bailey.cli.verb;

import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;

/** One thing that the client can do. Implementations have no state. */
public interface Verb {
    /** Returns the word that calls it, or two for {@code network ls} and its like. */
    String name();

    /** Returns what may follow the name, {@code [OPTIONS] IMAGE [COMMAND] [ARG...]}. */
    String operands();

    /** Returns one line for people without a full stop. */
    String summary();

    /** Returns the options that it knows. */
    OptionTable options();

    /**
     * Does it.
     *
     * @return the exit code
     * @throws IOException if the daemon cannot be reached or refuses
     */
    int run(Context context, ParsedOptions given) throws IOException;
}
