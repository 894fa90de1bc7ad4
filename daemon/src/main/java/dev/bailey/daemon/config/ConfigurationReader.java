package dev.bailey.daemon.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads all the places where settings are: the command line, {@code BAILEY_OPTS} in /etc/default/bailey, daemon.json, and
 * where it is asked for Docker's counterparts of the last two. No place wins over another: what is set twice is an error.
 */
public final class ConfigurationReader {
    /** What only makes sense on a command line. */
    private static final List<String> ONE_TIME = List.of(
            WordSettings.HELP,
            WordSettings.VERSION,
            WordSettings.VALIDATE,
            WordSettings.DISMANTLE,
            WordSettings.FORMAT);

    private final WordSettings commandLine;
    private final Places places;

    /**
     * Sorts the words of a command line; the files are read later.
     *
     * @throws UsageException when a word is unknown or has no value
     */
    public ConfigurationReader(List<String> arguments, Places places) {
        this.commandLine = WordSettings.read(arguments, Origin.COMMAND_LINE);
        this.places = places;
    }

    /** Returns whether the table of options is asked for. */
    public boolean wantsHelp() {
        return commandLine.has(WordSettings.HELP);
    }

    /** Returns whether the version is asked for. */
    public boolean wantsVersion() {
        return commandLine.has(WordSettings.VERSION);
    }

    /** Returns whether everything that the daemon made is to be taken away instead of a start. */
    public boolean wantsDismantling() {
        return commandLine.has(WordSettings.DISMANTLE);
    }

    /** Returns whether the settings are to be printed instead of used. */
    public boolean wantsValidation() {
        return commandLine.has(WordSettings.VALIDATE);
    }

    /** Returns whether they are to be printed for a program. */
    public boolean wantsJson() {
        String format = commandLine.value(WordSettings.FORMAT).orElse("table");
        if (commandLine.has(WordSettings.FORMAT) && !wantsValidation()) {
            throw new UsageException("--format has no effect without --validate: leave it out");
        }
        return switch (format) {
            case "json" -> true;
            case "table" -> false;
            default -> throw new UsageException("--format: '" + format + "' is unknown: write table or json");
        };
    }

    /** Returns the table of options for people. */
    public static String help() {
        return WordSettings.help();
    }

    /**
     * Reads the files, as they are now.
     *
     * @throws UsageException with the first thing that is wrong, and where
     */
    public Configuration read() {
        List<Given> given = new ArrayList<>(commandLine.given());
        commandLine.refuseForeign();
        Optional<DefaultsFile.Options> options = file(places.defaults(), false)
                .map(text -> new DefaultsFile(places.defaults(), text))
                .flatMap(file -> file.options("BAILEY_OPTS", "BAILEY_"));
        Optional<WordSettings> words = options.map(each -> WordSettings.read(each.words(), each.origin()));
        words.ifPresent(each -> {
            refuseOneTime(each, options.get().origin());
            each.refuseForeign();
            given.addAll(each.given());
        });
        Optional<JsonSettings> json = json(words, options.map(DefaultsFile.Options::origin));
        json.ifPresent(each -> given.addAll(each.given()));
        List<String> passedOver = new ArrayList<>();
        if (importsDocker(words, json)) {
            addDocker(given, passedOver);
        }
        return Configuration.of(given, passedOver);
    }

    private static void refuseOneTime(WordSettings words, Origin origin) {
        words.first(ONE_TIME).ifPresent(name -> {
            throw new UsageException(
                    origin.place() + ": --" + name + " has no effect here: write it on the command line");
        });
    }

    private Optional<JsonSettings> json(Optional<WordSettings> words, Optional<Origin> origin) {
        Optional<String> here = commandLine.value(WordSettings.CONFIG_FILE);
        Optional<String> there = words.flatMap(each -> each.value(WordSettings.CONFIG_FILE));
        if (here.isPresent() && there.isPresent()) {
            throw new UsageException("config-file is set twice, by --config-file on the command line and by"
                    + " --config-file in " + origin.orElseThrow().place() + ": set it in one place");
        }
        Optional<Path> named = here.or(() -> there).map(ConfigurationReader::path);
        Path file = named.orElse(places.configFile());
        return bytes(file, named.isPresent()).map(text -> JsonSettings.read(file, text));
    }

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new UsageException("--config-file: '" + text + "' is no path: " + e.getReason());
        }
    }

    private boolean importsDocker(Optional<WordSettings> words, Optional<JsonSettings> json) {
        return commandLine.has(WordSettings.IMPORT_DOCKER)
                || words.filter(each -> each.has(WordSettings.IMPORT_DOCKER)).isPresent()
                || json.filter(JsonSettings::importsDocker).isPresent();
    }

    private void addDocker(List<Given> given, List<String> passedOver) {
        Path defaults = places.dockerDefaults();
        Optional<byte[]> json = bytes(places.dockerConfigFile(), false);
        Optional<String> text = file(defaults, false);
        if (json.isEmpty() && text.isEmpty()) {
            throw new UsageException("--import-docker-config has no effect: there is neither "
                    + places.dockerConfigFile() + " nor " + defaults);
        }
        json.ifPresent(bytes -> given.addAll(JsonSettings.readDocker(
                        places.dockerConfigFile(),
                        bytes,
                        key -> passedOver.add(key + " in " + places.dockerConfigFile()))
                .given()));
        text.flatMap(found -> new DefaultsFile(defaults, found).options("DOCKER_OPTS", ""))
                .ifPresent(options -> {
                    WordSettings words = WordSettings.read(options.words(), options.origin());
                    words.passedOver()
                            .forEach(name -> passedOver.add(
                                    name + " in " + options.origin().place()));
                    for (Given each : words.given()) {
                        if (each.setting().isImported()) {
                            given.add(each);
                        } else {
                            passedOver.add("--" + each.setting().flag() + " in "
                                    + each.origin().place());
                        }
                    }
                });
    }

    private static Optional<String> file(Path file, boolean needed) {
        return bytes(file, needed).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static Optional<byte[]> bytes(Path file, boolean needed) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            if (needed) {
                throw new UsageException(file + " does not exist: name a file that does, or leave --config-file out");
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: " + reason(file, e));
        }
    }

    private static String reason(Path file, IOException failure) {
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        return failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure.getMessage());
    }
}
