package dev.bailey.daemon.main;

import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** The names of the options, and the words of a command line sorted by them; what the values mean is decided later. */
final class CommandLineOptions {
    static final String HOST = "host";
    static final String DATA_ROOT = "data-root";
    static final String EXEC_ROOT = "exec-root";
    static final String MTU = "mtu";
    static final String BIP = "bip";
    static final String POOL = "default-address-pool";
    static final String DNS = "dns";
    static final String DNS_SEARCH = "dns-search";
    static final String DNS_OPTION = "dns-opt";
    static final String FIREWALL_BACKEND = "firewall-backend";
    static final String LOG_LEVEL = "log-level";
    static final String PID_FILE = "pidfile";
    static final String HELP = "help";
    static final String VERSION = "version";

    private static final String SEE_HELP = "; bailey daemon --help lists the options";

    private static final List<Option> TABLE = List.of(
            option("H", HOST, "unix://PATH", "Socket to listen on (default " + DaemonOptions.DEFAULT_HOST + ")"),
            option("", DATA_ROOT, "DIR", "Folder of what is kept (default " + DaemonOptions.DEFAULT_DATA_ROOT + ")"),
            option("", EXEC_ROOT, "DIR", "Folder of run-time files (default " + DaemonOptions.DEFAULT_EXEC_ROOT + ")"),
            option("", MTU, "BYTES", "MTU of the default network (default: that of the uplinks)"),
            option("", BIP, "ADDRESS/LENGTH", "Address of the default bridge (default: of the first free pool)"),
            option("", POOL, "base=PREFIX,size=LENGTH", "Range that subnets are carved from; may be given again"),
            option("", DNS, "ADDRESS", "Name server of containers; may be given again"),
            option("", DNS_SEARCH, "DOMAIN", "Search domain of containers; may be given again"),
            option("", DNS_OPTION, "OPTION", "Resolver option of containers; may be given again"),
            option("", FIREWALL_BACKEND, "NAME", "What holds the packet rules: nftables (default) or iptables"),
            option("l", LOG_LEVEL, "LEVEL", "Least to log: debug, info, warn or error (default info)"),
            option("p", PID_FILE, "FILE", "File to write the process id to"),
            option("", HELP, "", "Print this and exit"),
            option("v", VERSION, "", "Print the version and exit"));

    private final CommandLine words;

    private CommandLineOptions(CommandLine words) {
        this.words = words;
    }

    /**
     * Sorts the words of a command line.
     *
     * @throws UsageException when one is unknown or has no value
     */
    static CommandLineOptions read(String... arguments) {
        Options options = new Options();
        TABLE.forEach(option -> options.addOption((Option) option.clone()));
        DefaultParser parser = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get();
        try {
            CommandLine words = parser.parse(options, arguments);
            if (!words.getArgList().isEmpty()) {
                throw new UsageException(
                        "'" + words.getArgList().getFirst() + "' is no option of the daemon" + SEE_HELP);
            }
            return new CommandLineOptions(words);
        } catch (UnrecognizedOptionException e) {
            throw new UsageException("unknown option " + e.getOption() + SEE_HELP);
        } catch (MissingArgumentException e) {
            throw new UsageException("--" + e.getOption().getLongOpt() + " needs a value: "
                    + e.getOption().getArgName());
        } catch (ParseException e) {
            throw new UsageException(e.getMessage() + SEE_HELP);
        }
    }

    /** Whether an option without a value is given. */
    boolean has(String name) {
        return words.hasOption(name);
    }

    /**
     * The value of an option that can be given once.
     *
     * @throws UsageException when it is given more often
     */
    Optional<String> one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new UsageException("--" + name + " is given " + values.size() + " times (" + String.join(", ", values)
                    + "): give it once");
        }
        return values.stream().findFirst();
    }

    /** The values of an option that can be given again and again, in order. */
    List<String> all(String name) {
        String[] values = words.getOptionValues(name);
        return values == null ? List.of() : List.of(values);
    }

    /** The table of options for people. */
    static String help() {
        StringBuilder text = new StringBuilder("""
                Usage: bailey daemon [OPTIONS]

                Run the daemon in the foreground.

                """);
        for (Option option : TABLE) {
            String letter = option.getOpt() == null ? "    " : "-" + option.getOpt() + ", ";
            String value = option.hasArg() ? " " + option.getArgName() : "";
            text.append("  %s%s%n        %s%n"
                    .formatted(letter, "--" + option.getLongOpt() + value, option.getDescription()));
        }
        return text.toString();
    }

    private static Option option(String letter, String name, String value, String description) {
        Option.Builder builder = letter.isEmpty() ? Option.builder() : Option.builder(letter);
        builder.longOpt(name).desc(description);
        return (value.isEmpty() ? builder : builder.hasArg().argName(value)).get();
    }
}
