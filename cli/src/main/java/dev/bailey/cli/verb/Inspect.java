package dev.bailey.cli.verb;

import dev.bailey.cli.client.Targets;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.List;

/** {@code bailey inspect}: shows containers, networks and images as JSON. */
final class Inspect implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("inspect");

    @Override
    public String name() {
        return "inspect";
    }

    @Override
    public String operands() {
        return "NAME...";
    }

    @Override
    public String summary() {
        return "Show all there is to know about containers, networks or images, as JSON";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.some(this, given, "name");
        return Inspection.print(
                context,
                given.operands(),
                List.of(
                        name -> Targets.containers(name, "json"),
                        Targets::networks,
                        name -> Targets.images(name, "json")));
    }
}
