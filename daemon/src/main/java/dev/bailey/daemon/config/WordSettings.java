package dev.bailey.daemon.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** The words of a command line, or of a variable that holds such words, sorted by settings. */
final class WordSettings {
    static final String CONFIG_FILE = "config-file";
    static final String IMPORT_DOCKER = "import-docker-config";
    static final String VALIDATE = "validate";
    static final String DISMANTLE = "dismantle";
    static final String FORMAT = "format";
    static final String HELP = "help";
    static final String VERSION = "version";

    private static final String SEE_HELP = "; bailey daemon --help lists the options";
    private static final String NO_FLAG = "";

    private static final List<Option> OTHERS = List.of(
            option("", CONFIG_FILE, "FILE", "File of settings (default /etc/bailey/daemon.json, if it is there)"),
            option("", IMPORT_DOCKER, NO_FLAG, "Take over the network settings of Docker's own configuration"),
            option("", VALIDATE, NO_FLAG, "Print every setting with its origin and exit: 'bailey config check'"),
            option("", DISMANTLE, NO_FLAG, "End all containers, take bridges and rules away, and exit; data stays"),
            option("", FORMAT, "FORMAT", "With --validate: 'table' or 'json'"),
            option("", HELP, NO_FLAG, "Print this and exit"),
            option("v", VERSION, NO_FLAG, "Print the version and exit"));

    private final List<Option> words;
    private final Origin origin;

    private WordSettings(List<Option> words, Origin origin) {
        this.words = words;
        this.origin = origin;
    }

    /**
     * Sorts words.
     *
     * @throws UsageException when one is unknown, cannot be set or has no value
     */
    static WordSettings read(List<String> words, Origin origin) {
        String before = origin.equals(Origin.COMMAND_LINE) ? "" : origin.place() + ": ";
        DefaultParser parser = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get();
        try {
            CommandLine line = parser.parse(options(), words.toArray(String[]::new));
            if (!line.getArgList().isEmpty()) {
                throw new UsageException(
                        before + "'" + line.getArgList().getFirst() + "' is no option of the daemon" + SEE_HELP);
            }
            return new WordSettings(Arrays.asList(line.getOptions()), origin);
        } catch (UnrecognizedOptionException e) {
            throw new UsageException(before + "unknown option " + e.getOption() + SEE_HELP);
        } catch (MissingArgumentException e) {
            throw new UsageException(before + "--" + e.getOption().getLongOpt() + " needs a value: "
                    + e.getOption().getArgName());
        } catch (ParseException e) {
            throw new UsageException(before + e.getMessage() + SEE_HELP);
        }
    }

    private static Options options() {
        Options options = new Options();
        for (Setting setting : Setting.values()) {
            options.addOption(option(setting));
        }
        OTHERS.forEach(option -> options.addOption((Option) option.clone()));
        DockerSetting.all()
                .filter(each -> !options.hasLongOption(each.flag()))
                .forEach(each -> options.addOption(
                        each.takesValue() ? option("", each.flag(), "VALUE", "") : flag("", each.flag(), "BOOL", "")));
        return options;
    }

    private static Option option(Setting setting) {
        return setting.shape() == Setting.Shape.FLAG
                ? flag(setting.letter(), setting.flag(), setting.argument(), setting.description())
                : option(setting.letter(), setting.flag(), setting.argument(), setting.description());
    }

    private static Option option(String letter, String name, String value, String description) {
        Option.Builder builder = letter.isEmpty() ? Option.builder() : Option.builder(letter);
        builder.longOpt(name).desc(description);
        return (value.equals(NO_FLAG) ? builder : builder.hasArg().argName(value)).get();
    }

    /** As in Docker, {@code --icc} means {@code --icc=true}. */
    private static Option flag(String letter, String name, String value, String description) {
        Option option = option(letter, name, value, description);
        option.setOptionalArg(true);
        return option;
    }

    /** Whether one of the options without a value is given. */
    boolean has(String name) {
        return words.stream().anyMatch(option -> option.getLongOpt().equals(name));
    }

    /** The value of an option that is no setting and can be given once. */
    Optional<String> value(String name) {
        List<String> values = words.stream()
                .filter(option -> option.getLongOpt().equals(name))
                .map(option -> option.getValue(""))
                .toList();
        if (values.size() > 1) {
            throw new UsageException(origin.label(name, name) + " is given " + values.size() + " times ("
                    + String.join(", ", values) + "): give it once");
        }
        return values.stream().findFirst();
    }

    /** The name of the first of these that is given: they are for the command line alone. */
    Optional<String> first(List<String> names) {
        return names.stream().filter(this::has).findFirst();
    }

    /** The settings given, in the order of their first words. */
    List<Given> given() {
        Map<Setting, List<String>> values = new LinkedHashMap<>();
        for (Option word : words) {
            for (Setting setting : Setting.values()) {
                if (setting.flag().equals(word.getLongOpt())) {
                    values.computeIfAbsent(setting, _ -> new ArrayList<>()).add(word.getValue("true"));
                }
            }
        }
        List<Given> given = new ArrayList<>();
        values.forEach((setting, all) -> given.add(new Given(setting, all, origin)));
        return given;
    }

    /** Refuses what Docker has and this daemon has not. */
    void refuseForeign() {
        for (Option word : words) {
            foreign(word).ifPresent(each -> each.check(word.getValue("true"), origin));
        }
    }

    /** Refuses what would change the network and cannot, and returns the names of what is Docker's own affair. */
    List<String> passedOver() {
        List<String> names = new ArrayList<>();
        for (Option word : words) {
            Optional<DockerSetting> foreign = foreign(word);
            if (foreign.isPresent() && foreign.get().isOfTheNetwork()) {
                foreign.get().check(word.getValue("true"), origin);
            } else if (foreign.isPresent()) {
                names.add("--" + word.getLongOpt());
            }
        }
        return names;
    }

    private static Optional<DockerSetting> foreign(Option word) {
        return DockerSetting.all()
                .filter(each -> each.flag().equals(word.getLongOpt()))
                .findFirst();
    }

    /** The table of options for people. */
    static String help() {
        StringBuilder text = new StringBuilder("""
                Usage: bailey daemon [OPTIONS]

                Run the daemon in the foreground. Every option can stand in BAILEY_OPTS of /etc/default/bailey or,
                under the key in brackets, in /etc/bailey/daemon.json instead, but in one place only.

                """);
        for (Setting setting : Setting.values()) {
            append(
                    text,
                    option(setting),
                    "%s [%s] (default %s)".formatted(setting.description(), setting.key(), setting.defaultText()));
        }
        OTHERS.forEach(option -> append(text, option, option.getDescription()));
        return text.toString();
    }

    private static void append(StringBuilder text, Option option, String description) {
        String letter = option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ";
        String value = option.hasArg() ? " " + option.getArgName() : "";
        text.append("  %s%s%n        %s%n".formatted(letter, "--" + option.getLongOpt() + value, description));
    }
}
