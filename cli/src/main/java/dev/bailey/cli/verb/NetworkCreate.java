package dev.bailey.cli.verb;

import dev.bailey.api.network.CreateNetworkRequest;
import dev.bailey.api.network.CreateNetworkResponse;
import dev.bailey.api.network.Ipam;
import dev.bailey.api.network.IpamConfig;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code bailey network create}: makes a network. */
final class NetworkCreate implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "network create",
            Option.value('d', "driver", "DRIVER", "Driver: bridge (the default)"),
            Option.value("subnet", "SUBNET", "Its addresses (the first free block of the pools)"),
            Option.value("ip-range", "SUBNET", "Part of the subnet that addresses are taken from (all of it)"),
            Option.value("gateway", "ADDRESS", "Gateway of the subnet (its first host)"),
            Option.value("aux-address", "NAME=ADDRESS", "Address of the subnet that no container gets"),
            Option.flag("internal", "No way out of it"),
            Option.value('o', "opt", "NAME=VALUE", "Option of the bridge driver, by Docker's name"),
            Option.value("label", "NAME=VALUE", "Label"),
            Option.flag("ipv6", "Refused: networks have IPv4 alone yet"));

    @Override
    public String name() {
        return "network create";
    }

    @Override
    public String operands() {
        return "[OPTIONS] NETWORK";
    }

    @Override
    public String summary() {
        return "Create a network";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        String name = Operands.one(this, given, "name");
        CreateNetworkRequest wanted = new CreateNetworkRequest(
                name,
                given.value("driver").orElse(""),
                "",
                given.flag("internal"),
                false,
                false,
                null,
                addresses(given),
                null,
                given.has("ipv6") ? given.flag("ipv6") : null,
                Pairs.of(OPTIONS, given, "opt"),
                Pairs.of(OPTIONS, given, "label"));
        context.starter().ensureRunning();
        Request request = Request.post(Targets.networks("create"), DaemonClient.json(wanted));
        context.out()
                .println(context.daemon()
                        .ask(CreateNetworkResponse.class, request)
                        .id());
        return 0;
    }

    private static @Nullable Ipam addresses(ParsedOptions given) {
        boolean none = Stream.of("subnet", "ip-range", "gateway", "aux-address").noneMatch(given::has);
        if (none) {
            return null;
        }
        if (given.all("subnet").size() > 1) {
            throw OPTIONS.usage("--subnet is given " + given.all("subnet").size() + " times: a network has one");
        }
        IpamConfig config = new IpamConfig(
                given.value("subnet").orElse(""),
                given.value("ip-range").orElse(null),
                given.value("gateway").orElse(""),
                Pairs.of(OPTIONS, given, "aux-address"));
        return new Ipam("default", Map.of(), List.of(config));
    }
}
