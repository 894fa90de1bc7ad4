package dev.bailey.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.api.ApiJson;
import dev.bailey.api.view.KnownName;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.NameTable;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;

/** {@code bailey dns}: shows the names of containers, or looks one up. */
final class Dns implements Verb {
    private static final String PATH = "/bailey/dns";
    private static final OptionTable OPTIONS = OptionTable.anywhere("dns", Format.OPTION);

    @Override
    public String name() {
        return "dns";
    }

    @Override
    public String operands() {
        return "[OPTIONS] [NAME|ADDRESS]";
    }

    @Override
    public String summary() {
        return "Show the names that containers find each other by, or look one up";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        if (given.operands().isEmpty()) {
            return Look.print(this, context, given, PATH, KnownName.class, NameTable::of);
        }
        String name = Operands.one(this, given, "name or address");
        Format format = Format.of(OPTIONS, given);
        List<KnownName> found = context.daemon()
                .askList(KnownName.class, Request.get(PATH + "?name=" + URLEncoder.encode(name, UTF_8)));
        if (found.isEmpty()) {
            context.complain(
                    "no container has the name or address " + name + "; bailey dns shows those that there are");
            return 1;
        }
        switch (format) {
            case JSON ->
                found.forEach(row -> context.out().println(ApiJson.jsonb().toJson(row)));
            case TABLE -> context.out().print(NameTable.of(found));
        }
        return 0;
    }
}
