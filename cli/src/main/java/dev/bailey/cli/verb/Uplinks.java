package dev.bailey.cli.verb;

import dev.bailey.api.view.HostUplink;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.UplinkTable;
import java.io.IOException;

/** {@code bailey uplinks}: shows the links that traffic leaves the host through. */
final class Uplinks implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("uplinks", Format.OPTION);

    @Override
    public String name() {
        return "uplinks";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Show the links that traffic leaves the host through";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        return Look.print(this, context, given, "/bailey/uplinks", HostUplink.class, UplinkTable::of);
    }
}
