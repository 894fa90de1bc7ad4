package dev.bailey.cli.verb;

import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;

/** {@code bailey start}: starts what was stopped. */
final class Start implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere("start");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String operands() {
        return "CONTAINER...";
    }

    @Override
    public String summary() {
        return "Start containers that do not run";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.some(this, given, "container");
        context.starter().ensureRunning();
        return Operands.each(
                context, given, name -> context.daemon().call(Request.post(Targets.containers(name, "start"))));
    }
}
