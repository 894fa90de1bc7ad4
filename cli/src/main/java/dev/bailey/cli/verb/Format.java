package dev.bailey.cli.verb;

import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;

/** Whom a result is printed for. */
enum Format {
    /** People. */
    TABLE,
    /** Programs: one JSON object a line. */
    JSON;

    /** The option that chooses. */
    static final Option OPTION = Option.value("format", "FORMAT", "table (the default) or json");

    /** Returns what was chosen. */
    static Format of(OptionTable table, ParsedOptions given) {
        String text = given.value(OPTION.name()).orElse("table");
        return switch (text) {
            case "table" -> TABLE;
            case "json" -> JSON;
            default -> throw table.usage("--format " + text + ": table or json would be right");
        };
    }
}
