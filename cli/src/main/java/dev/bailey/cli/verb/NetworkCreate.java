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
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code bailey network create}: makes a network. */
final class NetworkCreate implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "network create",
            Option.value('d', "driver", "DRIVER", "Driver: bridge (the default)"),
            Option.value("subnet", "SUBNET", "Its addresses (the first free block of the pools); one of each family"),
            Option.value("ip-range", "SUBNET", "Part of the subnet that addresses are taken from (all of it)"),
            Option.value("gateway", "ADDRESS", "Gateway of the subnet (its first host)"),
            Option.value("aux-address", "NAME=ADDRESS", "Address of the subnet that no container gets"),
            Option.flag("internal", "No way out of it"),
            EgressOptions.UPLINK,
            EgressOptions.TABLE,
            EgressOptions.ADDRESS,
            Option.value('o', "opt", "NAME=VALUE", "Option of the bridge driver, by Docker's name"),
            Option.value("label", "NAME=VALUE", "Label"),
            Option.flag("ipv4", "IPv4 addresses (true); --ipv4=false with --ipv6 for IPv6 alone"),
            Option.flag("ipv6", "IPv6 addresses as well"));

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
                given.has("ipv4") ? given.flag("ipv4") : null,
                given.has("ipv6") ? given.flag("ipv6") : null,
                driverOptions(given),
                Pairs.of(OPTIONS, given, "label"));
        context.starter().ensureRunning();
        Request request = Request.post(Targets.networks("create"), DaemonClient.json(wanted));
        context.out()
                .println(context.daemon()
                        .ask(CreateNetworkResponse.class, request)
                        .id());
        return 0;
    }

    private static Map<String, String> driverOptions(ParsedOptions given) {
        Map<String, String> options = new TreeMap<>(Pairs.of(OPTIONS, given, "opt"));
        put("uplink", given.value("uplink"), "dev.bailey.egress.uplink", options);
        put("egress-table", given.value("egress-table"), "dev.bailey.egress.table", options);
        put("egress-ip", one(given, "egress-ip", false), "com.docker.network.host_ipv4", options);
        put("egress-ip", one(given, "egress-ip", true), "com.docker.network.host_ipv6", options);
        return options;
    }

    private static void put(String option, Optional<String> given, String name, Map<String, String> options) {
        given.ifPresent(value -> {
            if (options.put(name, value) != null) {
                throw OPTIONS.usage("--" + option + " and -o " + name + " say the same: leave one out");
            }
        });
    }

    private static @Nullable Ipam addresses(ParsedOptions given) {
        List<IpamConfig> subnets = Stream.of(false, true)
                .flatMap(ipv6 -> subnet(given, ipv6).stream())
                .toList();
        return subnets.isEmpty() ? null : new Ipam("default", Map.of(), subnets);
    }

    /** What is said of the subnet of one family: addresses with a colon are of IPv6. */
    private static Optional<IpamConfig> subnet(ParsedOptions given, boolean ipv6) {
        Map<String, String> auxiliary = new TreeMap<>(Pairs.of(OPTIONS, given, "aux-address"));
        auxiliary.values().removeIf(address -> isIpv6(address) != ipv6);
        IpamConfig config = new IpamConfig(
                one(given, "subnet", ipv6).orElse(""),
                one(given, "ip-range", ipv6).orElse(null),
                one(given, "gateway", ipv6).orElse(""),
                auxiliary.isEmpty() ? null : auxiliary);
        return Optional.of(config).filter(any -> !any.equals(new IpamConfig("", null, "", null)));
    }

    private static Optional<String> one(ParsedOptions given, String option, boolean ipv6) {
        List<String> values = given.all(option).stream()
                .filter(value -> isIpv6(value) == ipv6)
                .toList();
        if (values.size() > 1) {
            throw OPTIONS.usage("--" + option + " is given " + values.size() + " times for IPv" + (ipv6 ? 6 : 4)
                    + ": a network has one");
        }
        return values.stream().findFirst();
    }

    private static boolean isIpv6(String address) {
        return address.indexOf(':') >= 0;
    }
}
