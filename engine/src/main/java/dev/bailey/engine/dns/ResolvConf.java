package dev.bailey.engine.dns;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of a resolver as resolv.conf(5) has them.
 *
 * @param nameservers addresses, in the order to ask them; resolvers pass over those behind the third
 * @param search domains to try for short names
 * @param options the resolver's options
 */
public record ResolvConf(List<String> nameservers, List<String> search, List<String> options) {
    /** The host's own file. */
    public static final Path HOST_FILE = Path.of("/etc/resolv.conf");
    /** Where systemd-resolved keeps the nameservers behind its own on 127.0.0.53. */
    public static final Path SYSTEMD_FILE = Path.of("/run/systemd/resolve/resolv.conf");
    /** Where a sandbox finds the engine's resolver, as in Docker. */
    public static final String RESOLVER = "127.0.0.11";

    /** Copies the lists. */
    public ResolvConf {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
        options = List.copyOf(options);
    }

    /**
     * The settings of a host.
     *
     * @param hostText the text of {@link #HOST_FILE}
     * @param systemdText the text of {@link #SYSTEMD_FILE}, where there is one; it counts when the host's file has
     *     nameservers on the host itself and no others
     */
    public static ResolvConf ofHost(String hostText, Optional<String> systemdText) {
        ResolvConf own = parse(hostText);
        boolean onlyOnHost =
                !own.nameservers.isEmpty() && own.nameservers.stream().allMatch(ResolvConf::isHostOnly);
        return onlyOnHost ? systemdText.map(ResolvConf::parse).orElse(own) : own;
    }

    /**
     * Reads a file as the C library does: the last of {@code search} and {@code domain} counts, nameservers and options
     * add up, and what it does not know is passed over.
     */
    public static ResolvConf parse(String text) {
        List<String> nameservers = new ArrayList<>();
        List<String> search = new ArrayList<>();
        List<String> options = new ArrayList<>();
        for (String line : text.lines().toList()) {
            List<String> words = words(line);
            List<String> values = words.isEmpty() ? words : words.subList(1, words.size());
            switch (words.isEmpty() ? "" : words.getFirst()) {
                case "nameserver" ->
                    values.stream().limit(1).filter(ResolvConf::isAddress).forEach(nameservers::add);
                case "search" -> {
                    search.clear();
                    search.addAll(values);
                }
                case "domain" -> {
                    search.clear();
                    values.stream().limit(1).forEach(search::add);
                }
                case "options" -> options.addAll(values);
                default -> {}
            }
        }
        return new ResolvConf(nameservers, search, options);
    }

    /** The words of a line up to a comment. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.strip().split("[ \t]+")) {
            if (word.startsWith("#") || word.startsWith(";")) {
                break;
            }
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private static boolean isAddress(String text) {
        return Nameserver.parse(text).isPresent();
    }

    private static boolean isHostOnly(String text) {
        return Nameserver.parse(text).map(Nameserver::isHostOnly).orElse(false);
    }

    /**
     * The settings for a sandbox of the host that has these. Left out are nameservers that only the host itself can ask,
     * and those with IPv6 addresses where the sandbox has no IPv6. What an override gives counts as it stands. No
     * nameserver is made up: when none is left, the sandbox has none, and a warning says so.
     *
     * @param overrides what takes the place of the host's settings
     * @param ipv6 whether the sandbox has IPv6
     */
    public SandboxDns forSandbox(DnsOverrides overrides, boolean ipv6) {
        return overridden(overrides, isReachable(ipv6));
    }

    /**
     * The settings for a process in the host's own network: it reaches all servers that the host reaches.
     *
     * @param overrides what takes the place of the host's settings
     */
    public SandboxDns forHost(DnsOverrides overrides) {
        return overridden(overrides, _ -> true);
    }

    private SandboxDns overridden(DnsOverrides overrides, Predicate<String> isReachable) {
        List<String> reachable = overrides.nameservers().isEmpty()
                ? nameservers.stream().filter(isReachable).toList()
                : overrides.nameservers();
        ResolvConf settings = new ResolvConf(
                reachable, search(overrides), overrides.options().isEmpty() ? options : overrides.options());
        return new SandboxDns(
                settings, reachable.isEmpty() ? Optional.of(noneLeft()) : Optional.empty(), Optional.empty());
    }

    /**
     * The settings for a sandbox with a resolver of the engine's, on the host that has these: the resolver is its nameserver,
     * and asks those that an override gives from inside the sandbox, or the host's from the host.
     *
     * <p>The host's search domains are left out: a stub resolver puts them behind every name that is not found, and the name
     * of a container that is gone would be asked outside, where anybody might answer.
     *
     * @param overrides what takes the place of the host's settings
     */
    public SandboxDns forResolver(DnsOverrides overrides) {
        boolean own = !overrides.nameservers().isEmpty();
        List<String> search = overrides.search().equals(List.of(".")) ? List.of() : overrides.search();
        ResolvConf settings = new ResolvConf(List.of(RESOLVER), search, resolverOptions(overrides));
        List<String> asked = own
                ? overrides.nameservers()
                : nameservers.stream().map(server -> "host(" + server + ")").toList();
        Optional<String> warning = asked.isEmpty()
                ? Optional.of(
                        "names outside the sandbox's networks resolve nowhere: the host has no nameserver; name one"
                                + " with --dns ADDRESS")
                : Optional.empty();
        return new SandboxDns(settings, warning, Optional.of("ExtServers: [" + String.join(" ", asked) + "]"));
    }

    /** Names of one label are complete as they are, unless somebody wants it otherwise. */
    private List<String> resolverOptions(DnsOverrides overrides) {
        List<String> options = overrides.options();
        if (options.isEmpty()) {
            options = this.options.stream().filter(option -> !isNdots(option)).toList();
        }
        if (options.stream().anyMatch(ResolvConf::isNdots)) {
            return options;
        }
        return Stream.concat(options.stream(), Stream.of("ndots:0")).toList();
    }

    private static boolean isNdots(String option) {
        return option.startsWith("ndots:");
    }

    private static Predicate<String> isReachable(boolean ipv6) {
        return text -> Nameserver.parse(text)
                .filter(nameserver -> !nameserver.isHostOnly() && (ipv6 || !nameserver.isIpv6()))
                .isPresent();
    }

    private List<String> search(DnsOverrides overrides) {
        List<String> wanted = overrides.search().isEmpty() ? search : overrides.search();
        return wanted.equals(List.of(".")) ? List.of() : wanted;
    }

    private String noneLeft() {
        String why = nameservers.isEmpty()
                ? "the host has none"
                : "a sandbox cannot ask the host's (" + String.join(", ", nameservers) + ")";
        return "no nameserver for sandboxes: " + why + "; name one with --dns ADDRESS";
    }

    /** The text of a file with these settings. */
    public String text() {
        StringBuilder text = new StringBuilder();
        nameservers.forEach(
                nameserver -> text.append("nameserver ").append(nameserver).append('\n'));
        appendLine(text, "search", search);
        appendLine(text, "options", options);
        return text.toString();
    }

    private static void appendLine(StringBuilder text, String keyword, List<String> values) {
        if (!values.isEmpty()) {
            text.append(values.stream().collect(Collectors.joining(" ", keyword + " ", "\n")));
        }
    }
}
