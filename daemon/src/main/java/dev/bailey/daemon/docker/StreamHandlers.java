package dev.bailey.daemon.docker;

import dev.bailey.api.ApiVersion;
import dev.bailey.api.stream.StreamTypes;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Query;
import dev.bailey.daemon.http.Route;
import dev.bailey.runtime.AttachStreams;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.Containers;
import dev.bailey.runtime.LogQuery;
import dev.bailey.runtime.LogRecord;
import dev.bailey.runtime.LogStream;
import dev.bailey.runtime.OutputFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The output of containers: attaching to it while they run, and what was logged of it. */
public final class StreamHandlers {
    /** From this version on the media type tells frames from raw bytes. */
    private static final ApiVersion TELLS_FRAMES = new ApiVersion(1, 42);

    private final Containers containers;

    /** Handlers for these containers. */
    public StreamHandlers(Containers containers) {
        this.containers = containers;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(
                Route.hijack("/containers/{id}/attach", this::attach), Route.get("/containers/{id}/logs", this::logs));
    }

    private void attach(Exchange exchange) throws IOException {
        Query query = exchange.query();
        Container container = containers.inspect(exchange.parameter("id"));
        boolean tty = container.spec().tty();
        StreamPump.Wanted wanted = new StreamPump.Wanted(
                query.flag("stdin") && container.spec().openStdin(), query.flag("stdout"), query.flag("stderr"), tty);
        if (!query.flag("stream")) {
            throw HttpFailure.badRequest("query parameter stream=1 is missing: attaching without it does nothing; GET"
                    + " /containers/{id}/logs answers what was written before");
        }
        AttachStreams streams = containers.attach(container.id());
        new StreamPump(streams, exchange.hijack(mediaType(exchange, tty)), wanted).run();
    }

    /** The media type of output, which a client needs to know whether to expect frames. */
    static String mediaType(Exchange exchange, boolean tty) {
        return tty || exchange.version().compareTo(TELLS_FRAMES) < 0 ? StreamTypes.RAW : StreamTypes.MULTIPLEXED;
    }

    private void logs(Exchange exchange) throws IOException {
        Query query = exchange.query();
        Container container = containers.inspect(exchange.parameter("id"));
        boolean tty = container.spec().tty();
        boolean timestamps = query.flag("timestamps");
        try (LogStream log = containers.logs(container.id(), logQuery(query));
                OutputStream answer = exchange.stream(200, mediaType(exchange, tty))) {
            exchange.onDisconnect(log::close);
            Optional<LogRecord> record = log.next();
            while (record.isPresent()) {
                StreamPump.write(answer, tty, frame(record.get(), timestamps));
                record = log.next();
            }
        }
    }

    private static OutputFrame frame(LogRecord record, boolean timestamps) {
        if (!timestamps) {
            return new OutputFrame(record.stream(), record.data());
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes((Times.nanos(record.time()) + " ").getBytes(StandardCharsets.US_ASCII));
        line.writeBytes(record.data());
        return new OutputFrame(record.stream(), line.toByteArray());
    }

    static LogQuery logQuery(Query query) {
        boolean stdout = query.flag("stdout");
        boolean stderr = query.flag("stderr");
        if (!stdout && !stderr) {
            throw HttpFailure.badRequest("Bad parameters: you must choose at least one stream: stdout=1 or stderr=1");
        }
        return new LogQuery(
                stdout, stderr, query.flag("follow"), tail(query), Times.read(query, "since"), Times.readUntil(query));
    }

    /** As in Docker, what is no number of lines stands for all of them. */
    private static OptionalInt tail(Query query) {
        return query.text("tail")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElse(OptionalInt.empty());
    }
}
