package dev.bailey.manual;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.cli.options.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The completion for bash: what is the same for every verb from a file beside this class, and the tables behind it. */
final class BashCompletion {
    private static final String FIXED = "completion.bash";
    private static final String DAEMON = "daemon";

    private BashCompletion() {}

    static String script(List<ManualVerb> verbs, List<DaemonOption> daemon) {
        StringBuilder script = new StringBuilder(fixed());
        Map<String, Set<String>> next = next(verbs);
        List<String> groups =
                next.keySet().stream().filter(name -> !name.isEmpty()).toList();
        script.append("\n_bailey_groups='").append(String.join(" ", groups)).append("'\n");
        function(script, "_bailey_next", "What can stand where a verb, or the second word of one, is wanted.", next);
        Map<String, List<String>> options = new LinkedHashMap<>();
        verbs.forEach(verb -> options.put(verb.name(), words(verb.options())));
        options.put(
                DAEMON,
                daemon.stream().flatMap(option -> option.words().stream()).toList());
        function(script, "_bailey_options", "The options of a verb.", options);
        function(script, "_bailey_operand", "What a verb is told to work on.", operands(verbs));
        values(script, verbs, daemon);
        return script.toString();
    }

    private static String fixed() {
        try (InputStream file = Objects.requireNonNull(BashCompletion.class.getResourceAsStream(FIXED), FIXED)) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first words, under the empty name, and the second ones under each first word that has some. */
    private static Map<String, Set<String>> next(List<ManualVerb> verbs) {
        Map<String, Set<String>> next = new LinkedHashMap<>();
        Set<String> first = next.computeIfAbsent("", name -> new LinkedHashSet<>());
        for (ManualVerb verb : verbs) {
            String[] words = verb.name().split(" ", 2);
            first.add(words[0]);
            if (words.length > 1) {
                next.computeIfAbsent(words[0], name -> new LinkedHashSet<>()).add(words[1]);
            }
        }
        first.addAll(List.of(DAEMON, "demo", "help", "--help", "--version", "--host"));
        return next;
    }

    private static List<String> words(List<Option> options) {
        List<String> words = new ArrayList<>();
        for (Option option : options) {
            if (option.letter() != 0) {
                words.add("-" + option.letter());
            }
            words.add("--" + option.name());
        }
        return words;
    }

    private static Map<String, List<String>> operands(List<ManualVerb> verbs) {
        Map<String, List<String>> operands = new LinkedHashMap<>();
        for (ManualVerb verb : verbs) {
            if (verb.takes("CONTAINER")) {
                operands.put(verb.name(), List.of("container"));
            } else if (verb.takes("IMAGE")) {
                operands.put(verb.name(), List.of("image"));
            } else if (verb.takes("NAMESPACE") || verb.takes("NETNS")) {
                operands.put(verb.name(), List.of("namespace"));
            }
        }
        return operands;
    }

    private static void values(StringBuilder script, List<ManualVerb> verbs, List<DaemonOption> daemon) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (ManualVerb verb : verbs) {
            verb.options().stream()
                    .filter(Option::takesValue)
                    .forEach(option -> words(List.of(option))
                            .forEach(word -> values.put(verb.name() + " " + word, List.of(option.valueName()))));
        }
        daemon.stream()
                .filter(option -> !option.value().isEmpty())
                .forEach(option ->
                        option.words().forEach(word -> values.put(DAEMON + " " + word, List.of(option.value()))));
        function(script, "_bailey_value_of", "What help calls the value of a verb's option.", values);
        script.append("\n_bailey_option_value() {\n    _bailey_value_of \"$1 $2\"\n}\n");
    }

    private static void function(
            StringBuilder script, String name, String comment, Map<String, ? extends Iterable<String>> cases) {
        script.append("\n# ").append(comment).append('\n').append(name).append("() {\n    case $1 in\n");
        Function<String, String> quoted = word -> "'" + word.replace("'", "'\\''") + "'";
        cases.forEach((key, words) -> script.append("        ")
                .append(quoted.apply(key))
                .append(") echo ")
                .append(quoted.apply(String.join(" ", words)))
                .append(" ;;\n"));
        script.append("    esac\n}\n");
    }
}
