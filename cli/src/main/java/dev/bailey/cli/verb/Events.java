package dev.bailey.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.api.system.EventMessage;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.client.Targets;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.http.Response;
import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import dev.bailey.cli.options.ParsedOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** {@code bailey events}: shows events until it is stopped. */
final class Events implements Verb {
    private static final OptionTable OPTIONS = OptionTable.anywhere(
            "events",
            Option.value("since", "TIME", "From then on: " + Moment.WORDS),
            Option.value("until", "TIME", "Up to then, instead of for ever"),
            Option.flag("kernel", "Changes of links, addresses, routes and rules as well, whoever makes them"),
            Format.OPTION);

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String operands() {
        return "[OPTIONS]";
    }

    @Override
    public String summary() {
        return "Show what happens, as it happens";
    }

    @Override
    public OptionTable options() {
        return OPTIONS;
    }

    @Override
    public int run(Context context, ParsedOptions given) throws IOException {
        Operands.none(this, given);
        Format format = Format.of(OPTIONS, given);
        String target = given.flag("kernel") ? "/bailey/events" : Targets.fixed("/events");
        Instant now = Instant.now();
        for (String bound : List.of("since", "until")) {
            if (given.has(bound)) {
                String moment = Moment.of(bound, given.value(bound).orElseThrow(), now);
                target = Targets.with(target, bound, moment);
            }
        }
        try (Response response = context.daemon().send(Request.get(target));
                BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                context.out()
                        .println(
                                switch (format) {
                                    case JSON -> line;
                                    case TABLE -> forPeople(DaemonClient.read(EventMessage.class, line));
                                });
                context.out().flush();
            }
        }
        return 0;
    }

    private static String forPeople(EventMessage event) {
        String attributes = event.actor().attributes().entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                .collect(Collectors.joining(", "));
        return Instant.ofEpochSecond(0, event.timeNano()) + " " + event.type() + " " + event.action() + " "
                + event.actor().id() + (attributes.isEmpty() ? "" : " (" + attributes + ")");
    }
}
