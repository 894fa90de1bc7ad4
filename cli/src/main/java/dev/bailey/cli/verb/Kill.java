package dev.bailey.cli.verb;

import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;

/** {@code bailey kill}: sends a signal. */
final class Kill implements Verb {
    private static final OptionTable OPTIONS =
            OptionTable.anywhere("kill", Option.value('s', "signal", "SIGNAL", "Name or number (KILL)"));

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String operands() {
        return "[OPTIONS] CONTAINER...";
    }

    @Override
    public String summary() {
        return "Send a signal to the main process of containers";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.some(this, given, "container");
        String signal = given.value("signal").orElse("KILL");
        return Operands.each(
                context,
                given,
                name -> context.daemon()
                        .call(Request.post(Targets.with(Targets.containers(name, "kill"), "signal", signal))));
    }
}
