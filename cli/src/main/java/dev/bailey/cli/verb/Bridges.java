package dev.bailey.cli.verb;

import dev.bailey.api.view.HostBridge;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.output.BridgeTable;
import java.io.IOException;

/** {@code bailey bridges}: shows the bridges of the host and what is plugged into them. */
final class Bridges implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("bridges", Format.OPTION);

    @Override
    public String name() {
        return "bridges";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Show the host's bridges and which container is on which port";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        return Look.print(this, context, given, "/bailey/bridges", HostBridge.class, BridgeTable::of);
    }
}
