package dev.bailey.cli.verb;

import dev.bailey.api.container.ContainerInspect;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.http.Response;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import dev.bailey.cli.terminal.Demultiplexer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** {@code bailey logs}: shows output of the past, and follows it. */
final class Logs implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "logs",
            Option.flag('f', "follow", "And what it goes on to write"),
            Option.value('n', "tail", "LINES", "The last lines only (all)"),
            Option.value("since", "TIME", "From then on: " + Moment.WORDS),
            Option.value("until", "TIME", "Up to then"),
            Option.flag('t', "timestamps", "Each line with its time"));

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String operands() {
        return "[OPTIONS] CONTAINER";
    }

    @Override
    public String summary() {
        return "Show what a container has written";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        String name = Operands.one(this, given, "container");
        ContainerInspect container =
                context.daemon().ask(ContainerInspect.class, Request.get(Targets.containers(name, "json")));
        String target = Targets.with(Targets.with(Targets.containers(name, "logs"), "stdout", 1), "stderr", 1);
        for (String flag : List.of("follow", "timestamps")) {
            target = given.flag(flag) ? Targets.with(target, flag, 1) : target;
        }
        if (given.has("tail")) {
            target = Targets.with(target, "tail", given.value("tail").orElseThrow());
        }
        Instant now = Instant.now();
        for (String bound : List.of("since", "until")) {
            if (given.has(bound)) {
                target = Targets.with(
                        target, bound, Moment.of(bound, given.value(bound).orElseThrow(), now));
            }
        }
        try (Response response = context.daemon().send(Request.get(target))) {
            if (container.config().tty()) {
                Demultiplexer.copyRaw(response.body(), context.streams().out());
            } else {
                Demultiplexer.copyFrames(response.body(), context.streams());
            }
        }
        return 0;
    }
}
