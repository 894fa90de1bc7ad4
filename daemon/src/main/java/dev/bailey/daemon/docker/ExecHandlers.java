package dev.bailey.daemon.docker;

import dev.bailey.api.exec.ExecCreateRequest;
import dev.bailey.api.exec.ExecCreateResponse;
import dev.bailey.api.exec.ExecInspect;
import dev.bailey.api.exec.ExecProcess;
import dev.bailey.api.exec.ExecStartRequest;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Route;
import dev.bailey.runtime.AttachStreams;
import dev.bailey.runtime.Containers;
import dev.bailey.runtime.Exec;
import dev.bailey.runtime.ExecId;
import dev.bailey.runtime.ExecSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** More processes in running containers. */
public final class ExecHandlers {
    /** A process may close its output long before it ends. */
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(10);

    private static final int CREATED = 201;
    private static final int NOT_IMPLEMENTED = 501;

    private final Containers containers;

    /** Handlers for these containers. */
    public ExecHandlers(Containers containers) {
        this.containers = containers;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(
                Route.post("/containers/{id}/exec", this::create),
                Route.hijack("/exec/{id}/start", this::start),
                Route.post("/exec/{id}/resize", this::resize),
                Route.get("/exec/{id}/json", this::inspect));
    }

    private void create(Exchange exchange) throws IOException {
        ExecCreateRequest request = exchange.body(ExecCreateRequest.class);
        if (request.privileged()) {
            throw new HttpFailure(NOT_IMPLEMENTED, "Privileged is not supported: leave it out");
        }
        ExecId id = containers.execCreate(
                containers.inspect(exchange.parameter("id")).id(), ContainerRequests.exec(request));
        exchange.json(CREATED, new ExecCreateResponse(id.value()));
    }

    private void start(Exchange exchange) throws IOException {
        ExecStartRequest request = exchange.body(ExecStartRequest.class);
        Exec exec = named(exchange);
        if (request.tty() != exec.spec().tty() && !request.detach()) {
            throw HttpFailure.badRequest("Tty is " + request.tty() + " here and was "
                    + exec.spec().tty() + " when the exec was created: both must be the same");
        }
        AttachStreams streams = containers.execStart(exec.id());
        setSize(exec, request.consoleSize());
        if (request.detach()) {
            streams.close();
            exchange.empty(200);
            return;
        }
        ExecSpec spec = exec.spec();
        StreamPump.Wanted wanted = new StreamPump.Wanted(spec.attachStdin(), true, true, spec.tty());
        new StreamPump(streams, exchange.hijack(StreamHandlers.mediaType(exchange, spec.tty())), wanted).run();
        awaitEnd(exec);
    }

    /** A client asks for the exit code as soon as the stream has ended: by then it should be known. */
    private void awaitEnd(Exec exec) {
        try {
            containers.execAwait(exec.id(), EXIT_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void setSize(Exec exec, @Nullable List<Integer> size) {
        if (exec.spec().tty() && size != null && size.size() == 2 && !size.contains(0)) {
            containers.execResize(exec.id(), size.getFirst(), size.getLast());
        }
    }

    private void resize(Exchange exchange) throws IOException {
        ContainerHandlers.Size size = ContainerHandlers.Size.of(exchange.query());
        containers.execResize(named(exchange).id(), size.rows(), size.columns());
        exchange.empty(200);
    }

    private void inspect(Exchange exchange) throws IOException {
        exchange.json(200, view(named(exchange)));
    }

    private Exec named(Exchange exchange) {
        return containers.execInspect(new ExecId(exchange.parameter("id")));
    }

    static ExecInspect view(Exec exec) {
        ExecSpec spec = exec.spec();
        List<String> command = spec.command();
        ExecProcess process = new ExecProcess(
                spec.tty(),
                command.isEmpty() ? "" : command.getFirst(),
                command.isEmpty() ? List.of() : command.subList(1, command.size()),
                false,
                spec.user().orElse(""));
        return new ExecInspect(
                exec.id().value(),
                exec.running(),
                exec.exitCode().isPresent() ? exec.exitCode().getAsInt() : null,
                process,
                spec.attachStdin(),
                true,
                true,
                exec.container().value(),
                exec.pid());
    }
}
