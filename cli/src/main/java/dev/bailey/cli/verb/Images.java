package dev.bailey.cli.verb;

import dev.bailey.api.image.ImageSummary;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.ImageRow;
import dev.bailey.cli.output.RowJson;
import dev.bailey.cli.output.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** {@code bailey images}: lists the images that were loaded. */
final class Images implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "images", Option.flag('q', "quiet", "Ids only"), Option.flag("no-trunc", "Whole ids"), Format.OPTION);

    @Override
    public String name() {
        return "images";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "List images";
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
        Instant now = Instant.now();
        List<ImageRow> rows = context.daemon().askList(ImageSummary.class, Request.get(Targets.images("json"))).stream()
                .flatMap(image -> ImageRow.of(image, now, whole).stream())
                .toList();
        if (given.flag("quiet")) {
            rows.stream().map(ImageRow::id).distinct().forEach(context.out()::println);
            return 0;
        }
        switch (format) {
            case JSON -> rows.forEach(row -> context.out().println(RowJson.text(row)));
            case TABLE -> context.out().print(table(rows));
        }
        return 0;
    }

    private static String table(List<ImageRow> rows) {
        Table table = new Table("REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE");
        rows.forEach(row -> table.row(row.repository(), row.tag(), row.id(), row.createdSince(), row.size()));
        return table.render();
    }
}
