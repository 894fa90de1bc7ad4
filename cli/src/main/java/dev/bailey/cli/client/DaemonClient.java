package dev.bailey.cli.client;

import dev.bailey.api.ApiJson;
import dev.bailey.api.ErrorResponse;
import dev.bailey.cli.http.Connection;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.http.Response;
import io.avaje.json.JsonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The daemon behind a socket. Every call uses a connection of its own, so calls may run at once.
 *
 * <p>Every method throws {@link DaemonUnreachableException} if nobody answers, {@link DaemonException}
 * if the daemon refuses.
 */
public final class DaemonClient {
    private static final int FIRST_ERROR_STATUS = 400;

    private final Path socket;

    /** Creates a client; nothing is connected yet. */
    public DaemonClient(Path socket) {
        this.socket = socket;
    }

    /** Returns the path of the daemon's socket. */
    public Path socket() {
        return socket;
    }

    /** Connects and hangs up: tells whether somebody listens. */
    public void knock() throws IOException {
        connect().close();
    }

    /** Sends a request; the answer is the caller's to close. */
    public Response send(Request request) throws IOException {
        return checked(connect().send(request));
    }

    /** Sends a request that turns the connection into a raw stream; the answer is the caller's to close. */
    public Response upgrade(Request request) throws IOException {
        return checked(connect().upgrade(request));
    }

    /** Sends a request whose answer has nothing that the caller needs. */
    public void call(Request request) throws IOException {
        send(request).close();
    }

    /** Sends a request and reads its JSON answer. */
    public <T> T ask(Class<T> type, Request request) throws IOException {
        return read(type, text(request));
    }

    /** Sends a request and reads its answer, a JSON list. */
    public <T> List<T> askList(Class<T> type, Request request) throws IOException {
        String text = text(request);
        try {
            return ApiJson.jsonb().type(type).list().fromJson(text);
        } catch (JsonException e) {
            throw notUnderstood(e);
        }
    }

    /** Sends a request and returns its answer as text. */
    public String text(Request request) throws IOException {
        try (Response response = send(request)) {
            return response.text();
        }
    }

    /** Reads JSON that the daemon sent. */
    public static <T> T read(Class<T> type, String json) throws IOException {
        try {
            return ApiJson.jsonb().type(type).fromJson(json);
        } catch (JsonException e) {
            throw notUnderstood(e);
        }
    }

    /** Returns a record as JSON, to send it. */
    public static byte[] json(Object body) {
        return ApiJson.jsonb().toJsonBytes(body);
    }

    private Connection connect() throws IOException {
        try {
            return Connection.open(socket);
        } catch (IOException e) {
            throw DaemonUnreachableException.at(socket, e);
        }
    }

    private static Response checked(Response response) throws IOException {
        if (response.status() < FIRST_ERROR_STATUS) {
            return response;
        }
        try (response) {
            throw new DaemonException(response.status(), message(response));
        }
    }

    private static String message(Response response) throws IOException {
        String text = response.text();
        try {
            String message =
                    ApiJson.jsonb().type(ErrorResponse.class).fromJson(text).message();
            if (!message.isBlank()) {
                return message.strip().replace('\n', ' ');
            }
        } catch (JsonException e) {
            // Not the daemon's own form of an error: the status has to do.
            return "the daemon answered with HTTP status " + response.status();
        }
        return "the daemon answered with HTTP status " + response.status();
    }

    private static IOException notUnderstood(JsonException cause) {
        return new IOException("the daemon's answer is not understood: " + cause.getMessage(), cause);
    }
}
