package dev.bailey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.cli.client.DaemonAddress;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.client.Failure;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.options.UsageException;
import dev.bailey.cli.terminal.StandardStreams;
import dev.bailey.cli.verb.Context;
import dev.bailey.cli.verb.Help;
import dev.bailey.cli.verb.Verb;
import dev.bailey.cli.verb.Verbs;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The client {@code bailey}: finds the verb, runs it and turns every error into one line and an exit code. */
public final class Main {
    private static final int EXIT_USAGE = 125;
    private static final OptionTable BEFORE_THE_VERB =
            OptionTable.first("", Option.flag("version", "Print the version"));

    private final StandardStreams streams;
    private final Map<String, String> environment;
    private final String launcher;
    private final PrintStream out;
    private final PrintStream err;

    Main(StandardStreams streams, Map<String, String> environment, String launcher) {
        this.streams = streams;
        this.environment = environment;
        this.launcher = launcher;
        this.out = new PrintStream(new BufferedOutputStream(streams.out()), false, UTF_8);
        this.err = new PrintStream(new BufferedOutputStream(streams.err()), true, UTF_8);
    }

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        Main main = new Main(StandardStreams.ofProcess(), System.getenv(), System.getProperty("bailey.launcher", ""));
        int exitCode = main.run(List.of(arguments));
        // Everything is flushed and closed here, and an orderly exit would set up logging first: a tenth of the time.
        Runtime.getRuntime().halt(exitCode);
    }

    /** Runs one command and returns its exit code. */
    int run(List<String> arguments) {
        try {
            return dispatch(arguments);
        } catch (UsageException e) {
            return complain(EXIT_USAGE, e);
        } catch (Failure e) {
            return complain(e.exitCode(), e);
        } catch (NoSuchFileException e) {
            return complain(1, e.getFile() + ": no such file");
        } catch (IOException e) {
            return complain(1, e);
        } finally {
            out.flush();
        }
    }

    private int complain(int exitCode, Exception reason) {
        String message = reason.getMessage();
        return complain(exitCode, message == null ? reason.toString() : message);
    }

    private int complain(int exitCode, String message) {
        out.flush();
        err.println("bailey: " + message);
        return exitCode;
    }

    private int dispatch(List<String> arguments) throws IOException {
        ParsedOptions global = BEFORE_THE_VERB.parse(arguments);
        List<String> words = global.operands();
        if (global.flag("version")) {
            out.println("bailey " + Help.version());
            return 0;
        }
        if (global.flag(OptionTable.HELP.name()) || words.equals(List.of("help"))) {
            out.print(Help.overview());
            return 0;
        }
        if (words.isEmpty()) {
            err.print(Help.overview());
            return EXIT_USAGE;
        }
        return call(global, words);
    }

    private int call(ParsedOptions global, List<String> words) throws IOException {
        int length = words.getFirst().equals("network") || isChangeOfPorts(words) ? Math.min(2, words.size()) : 1;
        String name = String.join(" ", words.subList(0, length));
        Verb verb = Verbs.named(name)
                .orElseThrow(() -> new UsageException("no verb " + name + "; 'bailey --help' lists what there is"));
        ParsedOptions given = verb.options().parse(words.subList(length, words.size()));
        if (given.flag(OptionTable.HELP.name())) {
            out.print(Help.of(verb));
            return 0;
        }
        return verb.run(context(given.value("host").or(() -> global.value("host"))), given);
    }

    /** Without such a word the next one is a container. */
    private static boolean isChangeOfPorts(List<String> words) {
        return words.size() > 1
                && Verbs.NAMES.contains("port " + words.get(1))
                && words.getFirst().equals("port");
    }

    private Context context(Optional<String> host) {
        DaemonClient daemon = new DaemonClient(DaemonAddress.choose(host, environment));
        return new Context(daemon, streams, out, err, environment, launcher);
    }
}
