package dev.bailey.cli.verb;

import dev.bailey.api.network.PrunedNetworks;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.List;

/** {@code bailey network prune}: removes networks without containers. */
final class NetworkPrune implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "network prune",
            Option.flag('f', "force", "Accepted for scripts; nothing is asked"),
            Option.value("filter", "NAME=VALUE", "Only those that fit: label=NAME[=VALUE], until=TIME"));

    @Override
    public String name() {
        return "network prune";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Remove the networks that no running container is on";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.none(this, given);
        String target = FilterOption.with(OPTIONS, given, Targets.networks("prune"));
        List<String> gone =
                context.daemon().ask(PrunedNetworks.class, Request.post(target)).networksDeleted();
        if (!gone.isEmpty()) {
            context.out().println("Deleted Networks:");
            gone.forEach(context.out()::println);
        }
        return 0;
    }
}
