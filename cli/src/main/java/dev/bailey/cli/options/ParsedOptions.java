package dev.bailey.cli.options;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options and operands that a person gave, already checked against the verb's table.
 *
 * @param values option name to its values in their order; a switch has {@code true} or {@code false}
 * @param operands what is no option, in its order
 */
public record ParsedOptions(Map<String, List<String>> values, List<String> operands) {
    /** Keeps copies. */
    public ParsedOptions {
        values = Map.copyOf(values);
        operands = List.copyOf(operands);
    }

    /** Tells whether a switch is on. */
    public boolean flag(String name) {
        return value(name).map(Boolean::parseBoolean).orElse(false);
    }

    /** Returns the last value given for an option, the one that counts. */
    public Optional<String> value(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** Returns every value given for an option that may be repeated. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Tells whether the option was given at all. */
    public boolean has(String name) {
        return values.containsKey(name);
    }
}
