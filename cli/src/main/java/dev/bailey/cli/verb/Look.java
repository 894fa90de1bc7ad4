package dev.bailey.cli.verb;

import dev.bailey.api.ApiJson;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** What the verbs have in common that show a list of the daemon's: a text for people, or one JSON object a line. */
final class Look {
    private Look() {}

    /**
     * Asks for a list and prints it.
     *
     * @param verb the verb, which takes no operands
     * @param path the list's path at the daemon
     * @param text the list for people
     * @return the exit code
     */
    static <T> int print(
            Verb verb, Context context, ParsedOptions given, String path, Class<T> type, Function<List<T>, String> text)
            throws IOException {
        Operands.none(verb, given);
        OptionTable options = verb.options();
        Format format = Format.of(options, given);
        List<T> rows = context.daemon().askList(type, Request.get(path));
        switch (format) {
            case JSON ->
                rows.forEach(row -> context.out().println(ApiJson.jsonb().toJson(row)));
            case TABLE -> context.out().print(text.apply(rows));
        }
        return 0;
    }
}
