package dev.bailey.cli.verb;

import dev.bailey.api.ApiJson;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The option {@code --filter NAME=VALUE}, which may be repeated. */
final class FilterOption {
    private FilterOption() {}

    /** Returns a target with the filters in its query, if there are any. */
    static String with(OptionTable table, ParsedOptions given, String target) {
        Map<String, List<String>> filters = new TreeMap<>();
        for (String text : given.all("filter")) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw table.usage("--filter " + text + ": a name, = and a value would be right");
            }
            filters.computeIfAbsent(text.substring(0, equals), _ -> new ArrayList<>())
                    .add(text.substring(equals + 1));
        }
        return filters.isEmpty()
                ? target
                : Targets.with(target, "filters", ApiJson.jsonb().toJson(filters));
    }
}
