package dev.bailey.cli.verb;

import dev.bailey.cli.client.Targets;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.List;

/** {@code bailey network inspect}: shows networks as JSON. */
final class NetworkInspect implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("network inspect");

    @Override
    public String name() {
        return "network inspect";
    }

    @Override
    public String operands() {
        return "NETWORK...";
    }

    @Override
    public String summary() {
        return "Show all there is to know about networks, as JSON";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.some(this, given, "network");
        return Inspection.print(context, given.operands(), List.of(Targets::networks));
    }
}
