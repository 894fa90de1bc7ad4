package dev.bailey.cli.verb;

import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.ParsedOptions;
import java.util.ArrayList;
import java.util.List;

/** The options that say how packets leave the host, which several verbs have. */
final class EgressOptions {
    static final Option UPLINK = Option.value("uplink", "LINK", "Uplink that its packets leave by (as the routes say)");
    static final Option TABLE = Option.value("egress-table", "NUMBER", "Routing table that its packets leave by");
    static final Option ADDRESS = Option.value(
            "egress-ip",
            "ADDRESS",
            "Address of this host that its packets leave with (the link's); one of each family");
    static final Option ALLOW = Option.value(
            "egress-allow",
            "TARGET",
            "Where to it may send: ADDRESS[/LENGTH][:PORT[-PORT]][/PROTOCOL], [IPV6]:PORT (anywhere)");

    private EgressOptions() {}

    /** What was given, in the words of the API. */
    static List<String> words(ParsedOptions given) {
        List<String> words = new ArrayList<>();
        given.value("uplink").ifPresent(link -> words.add("uplink=" + link));
        given.value("egress-table").ifPresent(number -> words.add("table=" + number));
        given.all("egress-ip").forEach(address -> words.add("ip=" + address));
        given.all("egress-allow").forEach(target -> words.add("allow=" + target));
        return words;
    }
}
