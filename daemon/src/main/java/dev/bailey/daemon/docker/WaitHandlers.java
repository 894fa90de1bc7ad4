package dev.bailey.daemon.docker;

import dev.bailey.api.ApiJson;
import dev.bailey.api.container.WaitError;
import dev.bailey.api.container.WaitResponse;
import dev.bailey.daemon.Failures;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Route;
import dev.bailey.runtime.Containers;
import dev.bailey.runtime.WaitCondition;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Waiting for containers. The answer's head goes out at once: clients take it for "I am waiting, start it now". */
public final class WaitHandlers {
    private final Containers containers;

    /** Handlers for these containers. */
    public WaitHandlers(Containers containers) {
        this.containers = containers;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(Route.post("/containers/{id}/wait", this::await));
    }

    private void await(Exchange exchange) throws IOException, InterruptedException {
        WaitCondition condition = condition(exchange.query().text("condition").orElse("not-running"));
        CompletableFuture<Integer> exit = containers
                .wait(containers.inspect(exchange.parameter("id")).id(), condition)
                .thenApply(code -> code)
                .toCompletableFuture();
        exchange.onDisconnect(() -> exit.cancel(false));
        try (OutputStream answer = exchange.stream(200, "application/json")) {
            answer.write(ApiJson.jsonb().toJsonBytes(outcome(exit)));
        }
    }

    private static WaitResponse outcome(CompletableFuture<Integer> exit) throws InterruptedException {
        try {
            return new WaitResponse(exit.get(), null);
        } catch (CancellationException e) {
            return new WaitResponse(-1, new WaitError("the wait was broken off"));
        } catch (ExecutionException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new WaitResponse(-1, new WaitError(Failures.of(cause).getMessage()));
        }
    }

    static WaitCondition condition(String text) {
        return switch (text) {
            case "not-running" -> WaitCondition.NOT_RUNNING;
            case "next-exit" -> WaitCondition.NEXT_EXIT;
            case "removed" -> WaitCondition.REMOVED;
            default ->
                throw HttpFailure.badRequest(
                        "invalid condition: \"" + text + "\": want not-running, next-exit or removed");
        };
    }
}
