package dev.bailey.daemon.http;

import dev.bailey.api.ApiJson;
import dev.bailey.api.ApiVersion;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Belongs to the thread that runs the handler; callbacks of {@link #onDisconnect} run on others.
 *
 * <p>A handler answers once: by {@link #json}, {@link #text} or {@link #empty}, by {@link #stream}, or by
 * {@link #hijack}. What it leaves open is closed when it returns.
 */
public final class Exchange {
    private final Connection connection;
    private final RequestHead head;
    private final Router.Match match;
    private final Answer answer;
    private final byte[] body;
    private final InputStream stream;
    private final List<Runnable> disconnectCallbacks = new ArrayList<>();
    private boolean disconnected;

    /**
     * A request whose handler is to run.
     *
     * @param body the body, where it is read whole
     * @param stream what follows on the connection: the body where it is streamed, else raw bytes
     */
    Exchange(
            Connection connection,
            RequestHead head,
            Router.Match match,
            Answer answer,
            byte[] body,
            InputStream stream) {
        this.connection = connection;
        this.head = head;
        this.match = match;
        this.answer = answer;
        this.body = body;
        this.stream = stream;
    }

    Router.Match match() {
        return match;
    }

    /** The version of the API that the client speaks. */
    public ApiVersion version() {
        return match.version();
    }

    /** The value of a parameter of the route's path. */
    public String parameter(String name) {
        @Nullable String value = match.parameters().get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no parameter " + name);
        }
        return value;
    }

    /** The parameters after the question mark. */
    public Query query() {
        return head.query();
    }

    /** The first header field of this name. */
    public Optional<String> header(String name) {
        return head.header(name);
    }

    /** The request's body as a stream; ends with the body. */
    public InputStream bodyStream() {
        return match.route().body() == Route.Body.STREAMED ? stream : new ByteArrayInputStream(body);
    }

    /** The request's body as it came; empty when it has none or is streamed. */
    public byte[] body() {
        return body.clone();
    }

    /**
     * Reads the request's body, a JSON object.
     *
     * @throws HttpFailure 400 when it is none, naming the place
     */
    public <T> T body(Class<T> type) {
        if (body.length == 0) {
            throw HttpFailure.badRequest("the request has no body: it must be a JSON object");
        }
        try (JsonReader reader = ApiJson.jsonb().reader(body)) {
            return read(type, reader);
        }
    }

    private <T> T read(Class<T> type, JsonReader reader) {
        try {
            return ApiJson.jsonb().type(type).fromJson(reader);
        } catch (JsonException e) {
            throw HttpFailure.badRequest("the request's body is not the JSON it must be: "
                    + JsonPlace.explain(body, oneLine(e), reader.location()));
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest("the request's body is not right: " + oneLine(e));
        }
    }

    private static String oneLine(Exception e) {
        @Nullable String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
    }

    /** Runs the callback, once and quickly, when the client goes away, or the server, before the answer has ended. */
    public void onDisconnect(Runnable callback) {
        boolean now;
        synchronized (disconnectCallbacks) {
            now = disconnected;
            if (!now) {
                disconnectCallbacks.add(callback);
            }
        }
        if (now) {
            callback.run();
        } else {
            connection.watch(this);
        }
    }

    void disconnect() {
        List<Runnable> callbacks;
        synchronized (disconnectCallbacks) {
            disconnected = true;
            callbacks = List.copyOf(disconnectCallbacks);
            disconnectCallbacks.clear();
        }
        callbacks.forEach(Runnable::run);
    }

    /** Answers with a value as JSON. */
    public void json(int status, Object value) throws IOException {
        whole(status, "application/json", ApiJson.jsonb().toJsonBytes(value));
    }

    /** Answers with plain text. */
    public void text(int status, String text) throws IOException {
        whole(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with a status alone. */
    public void empty(int status) throws IOException {
        whole(status, "", new byte[0]);
    }

    /** Adds a header field to the answer that follows. */
    public void setHeader(String name, String value) {
        answer.header(name, value);
    }

    private void whole(int status, String contentType, byte[] content) throws IOException {
        requireNoAnswer();
        connection.sending();
        answer.whole(status, contentType, content);
    }

    /**
     * Answers with bytes that become known little by little; status and header are sent at once, so is every piece.
     *
     * @return ends the answer when closed
     */
    public OutputStream stream(int status, String contentType) throws IOException {
        requireNoAnswer();
        return answer.stream(status, contentType);
    }

    /**
     * Answers by turning the connection into a raw stream: 101 where the client asked for an upgrade, else 200 as before
     * upgrades were known. For routes made by {@link Route#hijack} only. The connection ends with the handler.
     */
    public RawStream hijack(String contentType) throws IOException {
        if (match.route().body() != Route.Body.HIJACKED) {
            throw new IllegalStateException(match.route().path() + " is no route that can be hijacked");
        }
        requireNoAnswer();
        return new RawStream(stream, answer.hijack(head.header("Upgrade").isPresent(), contentType));
    }

    private void requireNoAnswer() {
        if (answer.isStarted()) {
            throw new IllegalStateException("the request is answered already");
        }
    }

    /** Whether the status has been sent. */
    boolean isAnswered() {
        return answer.isStarted();
    }

    /** Ends what the handler left open. */
    void end() throws IOException {
        answer.end();
    }

    /** Method and path, for the log. */
    @Override
    public String toString() {
        return head.toString();
    }
}
