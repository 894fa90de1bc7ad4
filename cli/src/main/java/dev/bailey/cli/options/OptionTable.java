package dev.bailey.cli.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options that a verb knows, and the reading of arguments by them.
 *
 * <p>The rules are those of Docker's client, so that its command lines work unchanged: {@code --name x},
 * {@code --name=x}, {@code -e x}, {@code -e=x}, {@code -ex}, clusters as {@code -it}, switches as
 * {@code --rm=false}, and {@code --} as the end of options. Immutable.
 */
public final class OptionTable {
    /** The option that every verb knows: what to talk to. */
    public static final Option HOST = Option.value(
            'H', "host", "unix://PATH", "Daemon socket (also BAILEY_HOST; unix:///run/bailey/bailey.sock)");

    /** The option that every verb knows: print help instead. */
    public static final Option HELP = Option.flag("help", "Print this help");

    private final String verb;
    private final boolean optionsFirst;
    private final List<Option> options;

    private OptionTable(String verb, boolean optionsFirst, List<Option> options) {
        this.verb = verb;
        this.optionsFirst = optionsFirst;
        this.options = List.copyOf(options);
    }

    /** Returns the table of a verb whose options may stand anywhere. */
    public static OptionTable anywhere(String verb, Option... options) {
        return new OptionTable(verb, false, withCommon(options));
    }

    /** Returns the table of a verb whose options end at the first operand: the rest is somebody else's. */
    public static OptionTable first(String verb, Option... options) {
        return new OptionTable(verb, true, withCommon(options));
    }

    private static List<Option> withCommon(Option... options) {
        List<Option> all = new ArrayList<>(List.of(options));
        all.add(HOST);
        all.add(HELP);
        return all;
    }

    /** Returns the options in the order of help. */
    public List<Option> options() {
        return options;
    }

    /**
     * Reads arguments. Linear in their number.
     *
     * @throws UsageException if an option is not known, lacks its value or has one that does not fit
     */
    public ParsedOptions parse(List<String> arguments) {
        Reading reading = new Reading(arguments);
        while (reading.hasNext()) {
            String word = reading.next();
            if (word.equals("--")) {
                reading.takeRest();
            } else if (word.startsWith("--")) {
                readLong(word, reading);
            } else if (word.startsWith("-") && word.length() > 1) {
                readCluster(word, reading);
            } else {
                reading.operands.add(word);
                if (optionsFirst) {
                    reading.takeRest();
                }
            }
        }
        return new ParsedOptions(reading.values, reading.operands);
    }

    private void readLong(String word, Reading reading) {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        Option option = options.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("--" + name));
        if (equals >= 0) {
            reading.put(option, checked(option, "--" + name, word.substring(equals + 1)));
        } else if (option.takesValue()) {
            reading.put(option, reading.valueFor("--" + name, this));
        } else {
            reading.put(option, "true");
        }
    }

    private void readCluster(String word, Reading reading) {
        for (int at = 1; at < word.length(); at++) {
            char letter = word.charAt(at);
            String shown = "-" + letter;
            Option option =
                    withLetter(letter).orElseThrow(() -> unknown(word.length() == 2 ? shown : shown + " in " + word));
            String rest = word.substring(at + 1);
            if (rest.startsWith("=")) {
                reading.put(option, checked(option, shown, rest.substring(1)));
                return;
            }
            if (option.takesValue()) {
                reading.put(option, rest.isEmpty() ? reading.valueFor(shown, this) : rest);
                return;
            }
            reading.put(option, "true");
        }
    }

    private Optional<Option> withLetter(char letter) {
        return options.stream()
                .filter(known -> letter != 0 && known.letter() == letter)
                .findFirst();
    }

    private String checked(Option option, String shown, String value) {
        if (option.takesValue()) {
            return value;
        }
        return switch (value) {
            case "true", "1", "t", "T", "TRUE", "True" -> "true";
            case "false", "0", "f", "F", "FALSE", "False" -> "false";
            default -> throw usage(shown + "=" + value + ": a switch takes true or false");
        };
    }

    private UsageException unknown(String shown) {
        return usage("unknown option " + shown);
    }

    /** Returns the error for arguments of this verb that do not fit, with the way to its help. */
    public UsageException usage(String problem) {
        return verb.isEmpty()
                ? new UsageException(problem + "; see 'bailey --help'")
                : new UsageException(verb + ": " + problem + "; see 'bailey " + verb + " --help'");
    }

    /** Where a reading stands: what is left, and what was found. */
    private static final class Reading {
        private final List<String> arguments;
        private final Map<String, List<String>> values = new LinkedHashMap<>();
        private final List<String> operands = new ArrayList<>();
        private int position;

        Reading(List<String> arguments) {
            this.arguments = arguments;
        }

        boolean hasNext() {
            return position < arguments.size();
        }

        String next() {
            return arguments.get(position++);
        }

        void takeRest() {
            operands.addAll(arguments.subList(position, arguments.size()));
            position = arguments.size();
        }

        String valueFor(String shown, OptionTable table) {
            if (!hasNext()) {
                throw table.usage(shown + " needs a value");
            }
            return next();
        }

        void put(Option option, String value) {
            values.computeIfAbsent(option.name(), name -> new ArrayList<>()).add(value);
        }
    }
}
