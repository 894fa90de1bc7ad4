package dev.bailey.cli.verb;

import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.IOException;
import java.util.Optional;

/** {@code bailey stop}: asks processes to end, then makes them. */
final class Stop implements Verb {
    private static final OptionTable OPTIONS =
            OptionTable.anywhere("stop", Option.value('t', "time", "SECONDS", "Seconds between the two signals (10)"));

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public String operands() {
        return "[OPTIONS] CONTAINER...";
    }

    @Override
    public String summary() {
        return "Stop containers: SIGTERM, then SIGKILL";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.some(this, given, "container");
        Optional<Integer> seconds = given.value("time").map(this::seconds);
        return Operands.each(context, given, name -> {
            String target = Targets.containers(name, "stop");
            context.daemon()
                    .call(Request.post(
                            seconds.map(t -> Targets.with(target, "t", t)).orElse(target)));
        });
    }

    private int seconds(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw OPTIONS.usage("--time " + text + ": a whole number of seconds would be right");
        }
    }
}
