package dev.bailey.cli.verb;

import dev.bailey.api.container.ContainerSummary;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.ContainerRow;
import dev.bailey.cli.output.RowJson;
import dev.bailey.cli.output.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** {@code bailey ps}: lists containers. */
final class Ps implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "ps",
            Option.flag('a', "all", "Those that do not run, too"),
            Option.flag('q', "quiet", "Ids only"),
            Option.flag("no-trunc", "Whole ids and commands"),
            Format.OPTION);

    @Override
    public String name() {
        return "ps";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "List containers";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.none(this, given);
        Format format = Format.of(OPTIONS, given);
        String target = Targets.with(Targets.containers("json"), "all", given.flag("all"));
        List<ContainerSummary> containers = context.daemon().askList(ContainerSummary.class, Request.get(target));
        boolean whole = given.flag("no-trunc");
        Instant now = Instant.now();
        List<ContainerRow> rows = containers.stream()
                .map(container -> ContainerRow.of(container, now, whole))
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

    private static String table(List<ContainerRow> rows) {
        Table table = new Table("CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES");
        for (ContainerRow row : rows) {
            table.row(row.id(), row.image(), row.command(), row.runningFor(), row.status(), row.ports(), row.names());
        }
        return table.render();
    }
}
