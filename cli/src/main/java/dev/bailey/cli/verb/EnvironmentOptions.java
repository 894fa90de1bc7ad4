package dev.bailey.cli.verb;

import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The options {@code -e} and {@code --env-file}: variables for a process in a container. */
final class EnvironmentOptions {
    private final OptionTable table;
    private final ParsedOptions given;
    private final Map<String, String> environment;

    EnvironmentOptions(OptionTable table, ParsedOptions given, Map<String, String> environment) {
        this.table = table;
        this.given = given;
        this.environment = environment;
    }

    /** Returns the variables in the order in which later ones win: files first, then single ones. */
    List<String> variables() {
        List<String> variables = new ArrayList<>();
        for (String file : given.all("env-file")) {
            addFile(file, variables);
        }
        for (String variable : given.all("env")) {
            add(variable, "-e " + variable, variables);
        }
        return variables;
    }

    private void addFile(String file, List<String> variables) {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw table.usage("--env-file " + file + ": no readable UTF-8 text");
        }
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at).stripLeading();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, file + ":" + (at + 1), variables);
            }
        }
    }

    /** A name alone means this process's value, or none at all where it has none. */
    private void add(String variable, String origin, List<String> variables) {
        int equals = variable.indexOf('=');
        String name = equals < 0 ? variable : variable.substring(0, equals);
        if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
            throw table.usage(origin + ": NAME=VALUE with a name without blanks would be right");
        }
        if (equals >= 0) {
            variables.add(variable);
        } else if (environment.containsKey(name)) {
            variables.add(name + "=" + environment.get(name));
        }
    }
}
