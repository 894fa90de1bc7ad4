package dev.bailey.cli.verb;

import dev.bailey.api.network.NetworkResource;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.NetworkRow;
import dev.bailey.cli.output.RowJson;
import dev.bailey.cli.output.Table;
import java.io.IOException;
import java.util.List;

/** {@code bailey network ls}: lists networks. */
final class NetworkLs implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "network ls",
            Option.flag('q', "quiet", "Ids only"),
            Option.flag("no-trunc", "Whole ids"),
            Option.value("filter", "NAME=VALUE", "Only those that fit: driver, id, label, name, scope, type, dangling"),
            Format.OPTION);

    @Override
    public String name() {
        return "network ls";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "List networks";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.none(this, given);
        Format format = Format.of(OPTIONS, given);
        boolean whole = given.flag("no-trunc");
        List<NetworkRow> rows = context
                .daemon()
                .askList(NetworkResource.class, Request.get(FilterOption.with(OPTIONS, given, Targets.networks())))
                .stream()
                .map(network -> NetworkRow.of(network, whole))
                .toList();
        if (given.flag("quiet")) {
            rows.forEach(row -> context.out().println(row.id()));
            return 0;
        }
        switch (format) {
            case JSON -> rows.forEach(row -> context.out().println(RowJson.text(row)));
            case TABLE -> context.out().print(table(rows));
        }
        return 0;
    }

    private static String table(List<NetworkRow> rows) {
        Table table = new Table("NETWORK ID", "NAME", "DRIVER", "SCOPE", "SUBNET");
        rows.forEach(row -> table.row(row.id(), row.name(), row.driver(), row.scope(), row.subnet()));
        return table.render();
    }
}
