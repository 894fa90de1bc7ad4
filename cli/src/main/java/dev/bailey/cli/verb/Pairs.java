package dev.bailey.cli.verb;

import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.util.Map;
import java.util.TreeMap;

/** Options of the form {@code NAME=VALUE} that may be repeated. */
final class Pairs {
    private Pairs() {}

    /** Returns the pairs; a name alone has an empty value. */
    static Map<String, String> of(OptionTable table, ParsedOptions given, String option) {
        Map<String, String> pairs = new TreeMap<>();
        for (String text : given.all(option)) {
            int equals = text.indexOf('=');
            if (equals == 0 || text.isEmpty()) {
                throw table.usage("--" + option + " " + text + ": a name is needed before =");
            }
            pairs.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
        }
        return pairs;
    }
}
