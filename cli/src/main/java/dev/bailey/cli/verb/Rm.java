package dev.bailey.cli.verb;

import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;

/** {@code bailey rm}: removes containers. */
final class Rm implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "rm",
            Option.flag('f', "force", "Kill them first if they run"),
            Option.flag('v', "volumes", "Accepted for scripts; there are no anonymous volumes"));

    @Override
    public String name() {
        return "rm";
    }

    @Override
    public String operands() {
        return "[OPTIONS] CONTAINER...";
    }

    @Override
    public String summary() {
        return "Remove containers";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.some(this, given, "container");
        return Operands.each(
                context,
                given,
                name -> context.daemon()
                        .call(Request.delete(Targets.with(Targets.containers(name), "force", given.flag("force")))));
    }
}
