package dev.bailey.cli.verb;

import dev.bailey.api.container.CreateContainerRequest;
import dev.bailey.api.container.HostConfig;
import dev.bailey.api.container.NetworkingConfig;
import dev.bailey.api.network.EndpointSettings;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options of {@code run} as a request to the daemon.
 *
 * <p>What only this process can know is settled here: its environment, its folder, its files. Everything
 * else is checked by the daemon, whoever asks it.
 */
final class RunOptions {
    static final OptionTable TABLE = OptionTable.first(
            "run",
            Option.flag('d', "detach", "Do not stay; print the id"),
            Option.flag('i', "interactive", "Pass standard input on"),
            Option.flag('t', "tty", "Run the command on a terminal"),
            Option.flag("rm", "Remove the container when it ends"),
            Option.value("name", "NAME", "Name of the container"),
            Option.value('h', "hostname", "NAME", "Host name inside (the first digits of the id)"),
            Option.value('e', "env", "NAME=VALUE", "Environment variable; NAME alone takes this shell's value"),
            Option.value("env-file", "FILE", "File of such lines"),
            Option.value('w', "workdir", "PATH", "Working folder inside"),
            Option.value('v', "volume", "PATH:PATH[:ro]", "Host path and its place inside"),
            Option.value('u', "user", "USER[:GROUP]", "User inside, by name or number"),
            Option.value("entrypoint", "COMMAND", "Instead of the image's entry point; empty for none"),
            Option.value('l', "label", "NAME=VALUE", "Label"),
            Option.value(
                    "network",
                    "NETWORK",
                    "Network to join (the default one), once for each of several; or host, or none"),
            Option.value("ip", "ADDRESS", "IPv4 address to have on the first network (any free one)"),
            Option.value("ip6", "ADDRESS", "IPv6 address to have there (any free one, where it has IPv6)"),
            Option.value("mac-address", "ADDRESS", "MAC address to have there (one that belongs to the address)"),
            Option.value("network-alias", "NAME", "One more name on that network"),
            Option.value("rate-in", "RATE", "What may come to it there in a second, like 10mbit (no limit)"),
            Option.value("rate-out", "RATE", "What may leave it there in a second (no limit)"),
            Option.value("driver-opt", "NAME=VALUE", "Option of its interface there, by Docker's name"),
            EgressOptions.UPLINK,
            EgressOptions.TABLE,
            EgressOptions.ADDRESS,
            EgressOptions.ALLOW,
            Option.value(
                    'p',
                    "publish",
                    "PORTS",
                    "Ports of the host for ports inside: [ADDRESS:][PORT:]PORT[/PROTOCOL][,from=SUBNET]"),
            Option.flag('P', "publish-all", "Publish all exposed ports on free ports of the host"),
            Option.value("expose", "PORT[/PROTOCOL]", "Port that it serves beside the image's"),
            Option.value("dns", "ADDRESS", "DNS server instead of the host's"),
            Option.value("dns-search", "DOMAIN", "Search domain instead of the host's"),
            Option.value("dns-option", "OPTION", "Option of resolv.conf instead of the host's"),
            Option.value("add-host", "NAME:ADDRESS", "Line of /etc/hosts"));

    private static final String DEFAULT_NETWORK = "default";

    private final ParsedOptions given;
    private final Map<String, String> environment;

    RunOptions(ParsedOptions given, Map<String, String> environment) {
        this.given = given;
        this.environment = environment;
    }

    /** Returns the request. */
    CreateContainerRequest request() {
        if (given.operands().isEmpty()) {
            throw TABLE.usage("an image is needed: a folder, an archive, a loaded image, or host");
        }
        boolean attached = !given.flag("detach");
        boolean input = given.flag("interactive");
        List<String> command = given.operands().subList(1, given.operands().size());
        return new CreateContainerRequest(
                text("hostname"),
                "",
                text("user"),
                attached && input,
                attached,
                attached,
                given.flag("tty"),
                input,
                attached && input,
                new EnvironmentOptions(TABLE, given, environment).variables(),
                command,
                image(given.operands().getFirst()),
                text("workdir"),
                given.value("entrypoint").map(List::of).orElse(List.of()),
                labels(),
                "",
                null,
                hostConfig(),
                networking().orElse(null),
                exposed());
    }

    private Map<String, Map<String, String>> exposed() {
        Map<String, Map<String, String>> ports = new TreeMap<>();
        given.all("expose").forEach(port -> ports.put(port.contains("/") ? port : port + "/tcp", Map.of()));
        return ports;
    }

    private String text(String option) {
        return given.value(option).orElse("");
    }

    /** Paths are told from names by their first character, so that a file never hides a loaded image. */
    private static String image(String text) {
        return text.startsWith("/") || text.startsWith(".") ? Context.absolute(text) : text;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        for (String label : given.all("label")) {
            int equals = label.indexOf('=');
            if (equals == 0) {
                throw TABLE.usage("--label " + label + ": a label needs a name before =");
            }
            labels.put(equals < 0 ? label : label.substring(0, equals), equals < 0 ? "" : label.substring(equals + 1));
        }
        return labels;
    }

    private HostConfig hostConfig() {
        return new HostConfig(
                given.all("volume").stream().map(RunOptions::bind).toList(),
                given.all("network").stream().findFirst().orElse(DEFAULT_NETWORK),
                given.flag("rm"),
                given.all("dns"),
                given.all("dns-option"),
                given.all("dns-search"),
                given.all("add-host"),
                PortSpecs.bindings(TABLE, given.all("publish")),
                given.flag("publish-all"));
    }

    private static String bind(String volume) {
        int colon = volume.indexOf(':');
        if (colon < 0) {
            throw TABLE.usage("-v " + volume + ": a host path, a colon and a path inside would be right");
        }
        String source = volume.substring(0, colon);
        return (source.startsWith(".") ? Context.absolute(source) : source) + volume.substring(colon);
    }

    /** The first network named is the one that the other options are about. */
    private Optional<NetworkingConfig> networking() {
        List<String> networks = given.all("network");
        String first = networks.isEmpty() ? DEFAULT_NETWORK : networks.getFirst();
        EndpointSettings wish = EndpointSettings.wishing(
                        given.value("ip").orElse(null),
                        given.value("ip6").orElse(null),
                        given.all("network-alias"),
                        text("mac-address"),
                        0)
                .limited(
                        given.value("rate-in").orElse(null),
                        given.value("rate-out").orElse(null))
                .leaving(EgressOptions.words(given))
                .with(Pairs.of(TABLE, given, "driver-opt"));
        Map<String, EndpointSettings> endpoints = new LinkedHashMap<>();
        endpoints.put(first, wish);
        networks.forEach(network -> endpoints.putIfAbsent(network, EndpointSettings.DEFAULT));
        boolean plain = endpoints.size() == 1 && wish.equals(EndpointSettings.DEFAULT);
        return plain ? Optional.empty() : Optional.of(new NetworkingConfig(endpoints));
    }
}
