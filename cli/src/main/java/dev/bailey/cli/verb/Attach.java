package dev.bailey.cli.verb;

import dev.bailey.api.attachment.AttachRequest;
import dev.bailey.api.attachment.AttachedEndpoint;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.Table;
import dev.bailey.cli.output.Units;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code bailey attach}: gives a network namespace an endpoint. */
final class Attach implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "attach",
            Option.value("name", "NAME", "Name of the sandbox (the last part of NETNS)"),
            Option.value("network", "NETWORK", "Network to join (the default one)"),
            Option.value("ip", "ADDRESS", "IPv4 address to have (any free one, where the network has IPv4)"),
            Option.value("ip6", "ADDRESS", "IPv6 address to have (any free one, where the network has IPv6)"),
            Option.value("interface", "NAME", "Name of the interface inside (eth0)"),
            Option.value(
                    'p',
                    "publish",
                    "PORTS",
                    "Ports of the host for ports inside: [ADDRESS:][PORT:]PORT[/PROTOCOL][,from=SUBNET]"),
            Option.value("rate-in", "RATE", "What may come to it in a second, like 10mbit (no limit)"),
            Option.value("rate-out", "RATE", "What may leave it in a second (no limit)"),
            EgressOptions.UPLINK,
            EgressOptions.TABLE,
            EgressOptions.ADDRESS,
            EgressOptions.ALLOW,
            Format.OPTION);

    @Override
    public String name() {
        return "attach";
    }

    @Override
    public String operands() {
        return "[OPTIONS] NETNS";
    }

    @Override
    public String summary() {
        return "Give a network namespace without a container an endpoint";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        String netns = Namespaces.pathOf(Operands.one(this, given, "network namespace"));
        Format format = Format.of(OPTIONS, given);
        context.starter().ensureRunning();
        List<String> egress = EgressOptions.words(given);
        AttachRequest body = new AttachRequest(
                netns,
                given.value("name").orElse(null),
                given.value("network").orElse(null),
                given.value("ip").orElse(null),
                given.value("interface").orElse(null),
                given.all("publish").isEmpty() ? null : given.all("publish"),
                given.value("ip6").orElse(null),
                given.value("rate-in").orElse(null),
                given.value("rate-out").orElse(null),
                egress.isEmpty() ? null : egress);
        String answer = context.daemon().text(Request.post("/bailey/attach", DaemonClient.json(body)));
        switch (format) {
            case JSON -> context.out().println(answer.strip());
            case TABLE -> context.out().print(table(DaemonClient.read(AttachedEndpoint.class, answer)));
        }
        return 0;
    }

    private static String both(String ipv4, String ipv6) {
        return Stream.of(ipv4, ipv6).filter(each -> !each.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String table(AttachedEndpoint endpoint) {
        return new Table("ENDPOINT ID", "NAME", "NETWORK", "INTERFACE", "ADDRESS", "GATEWAY", "HOST END")
                .row(
                        Units.shortId(endpoint.endpoint()),
                        endpoint.name(),
                        endpoint.network(),
                        endpoint.interfaceName(),
                        both(endpoint.address(), endpoint.address6()),
                        both(endpoint.gateway(), endpoint.gateway6()),
                        endpoint.hostEnd())
                .render();
    }
}
