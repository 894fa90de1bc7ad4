package dev.bailey.cli.verb;

import dev.bailey.api.network.ConnectRequest;
import dev.bailey.api.network.EndpointSettings;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.List;

/** {@code bailey network connect}: has a container on one more network. */
final class NetworkConnect implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "network connect",
            Option.value("ip", "ADDRESS", "IPv4 address to have (any free one, where the network has IPv4)"),
            Option.value("ip6", "ADDRESS", "IPv6 address to have (any free one, where the network has IPv6)"),
            Option.value("mac-address", "ADDRESS", "MAC address to have (one that belongs to the address)"),
            Option.value("alias", "NAME", "One more name on the network"),
            Option.value("rate-in", "RATE", "What may come to it there in a second, like 10mbit (no limit)"),
            Option.value("rate-out", "RATE", "What may leave it there in a second (no limit)"),
            Option.value("driver-opt", "NAME=VALUE", "Option of its interface there, by Docker's name"),
            EgressOptions.UPLINK,
            EgressOptions.TABLE,
            EgressOptions.ADDRESS,
            EgressOptions.ALLOW,
            Option.value("gw-priority", "NUMBER", "The network with the highest one has the default route (0)"));

    @Override
    public String name() {
        return "network connect";
    }

    @Override
    public String operands() {
        return "[OPTIONS] NETWORK CONTAINER";
    }

    @Override
    public String summary() {
        return "Connect a container to a network, be it running or not";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        List<String> operands = Operands.two(this, given, "a network and a container");
        EndpointSettings wish = EndpointSettings.wishing(
                        given.value("ip").orElse(null),
                        given.value("ip6").orElse(null),
                        given.all("alias"),
                        given.value("mac-address").orElse(""),
                        priority(given))
                .limited(
                        given.value("rate-in").orElse(null),
                        given.value("rate-out").orElse(null))
                .leaving(EgressOptions.words(given))
                .with(Pairs.of(OPTIONS, given, "driver-opt"));
        ConnectRequest body = new ConnectRequest(operands.getLast(), wish);
        context.daemon().call(Request.post(Targets.networks(operands.getFirst(), "connect"), DaemonClient.json(body)));
        return 0;
    }

    private static int priority(ParsedOptions given) {
        String text = given.value("gw-priority").orElse("0");
        if (!text.matches("-?[0-9]{1,9}")) {
            throw OPTIONS.usage("--gw-priority " + text + ": a whole number would be right");
        }
        return Integer.parseInt(text);
    }
}
