package dev.bailey.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DNS server inside a host, dnsmasq, that knows the names it was given and no others, and records each question.
 *
 * <p>It reads no configuration of the machine and asks no other server.
 */
public final class DnsServer implements AutoCloseable {
    // dnsmasq: query[A] www.example.test from 198.51.100.2
    private static final Pattern QUERY = Pattern.compile(".*: query\\[(\\S+)] (\\S+) from (\\S+)");

    private final LabProcess dnsmasq;

    private DnsServer(LabProcess dnsmasq) {
        this.dnsmasq = dnsmasq;
    }

    /**
     * A question that the server was asked.
     *
     * @param type the type of the record, such as {@code A}
     * @param name the name asked for
     * @param client the address that the question came from, as the server saw it
     */
    public record Query(String type, String name, String client) {}

    static DnsServer start(LabHost host, String address, Map<String, String> addressesByName, String... options) {
        List<String> words = new ArrayList<>(List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file",
                "--user=root",
                "--no-hosts",
                "--no-resolv",
                "--bind-interfaces",
                "--listen-address=" + address,
                "--local=/#/",
                "--log-queries",
                "--log-facility=-"));
        new TreeMap<>(addressesByName).forEach((name, value) -> words.add("--host-record=" + name + "," + value));
        words.addAll(List.of(options));
        return new DnsServer(new Command(host, words).start(process -> process.printed("started, version")));
    }

    /** The questions so far, in order. */
    public List<Query> queries() {
        return dnsmasq.lines().stream()
                .map(QUERY::matcher)
                .filter(Matcher::matches)
                .map(match -> new Query(match.group(1), match.group(2), match.group(3)))
                .toList();
    }

    /**
     * Waits until the server has been asked for the name and returns the first such question.
     *
     * @throws LabException when nobody asks within {@link Await#LIMIT}
     */
    public Query awaitQuery(String name) {
        Await.until("a question for " + name, () -> first(name).isPresent());
        return first(name).orElseThrow();
    }

    /** Stops the server. */
    @Override
    public void close() {
        dnsmasq.close();
    }

    private Optional<Query> first(String name) {
        return queries().stream().filter(query -> query.name().equals(name)).findFirst();
    }
}
