package dev.bailey.daemon.http;

import dev.bailey.api.ApiJson;
import dev.bailey.api.ApiVersion;
import io.avaje.json.JsonException;
import io.avaje.json.JsonReader;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
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
 * One request and its answer. Belongs to the thread that runs the handler, except {@link #onDisconnect}'s callbacks.
 *
 * <p>A handler answers once: by {@link #json}, {@link #text} or {@link #empty}, by {@link #stream}, or by
 * {@link #hijack}. What it leaves open is closed when it returns.
 */
public final class Exchange {
    private static final String JSON = "application/json";

    private final Responder responder;
    private final HttpRequest request;
    private final Router.Match match;
    private final Query query;
    private final byte[] body;
    private final @Nullable InboundBytes inbound;
    private final List<Runnable> disconnectCallbacks = new ArrayList<>();
    private boolean disconnected;
    private boolean answered;
    private @Nullable OutputStream open;

    Exchange(
            Responder responder,
            HttpRequest request,
            Router.Match match,
            Query query,
            byte[] body,
            @Nullable InboundBytes inbound) {
        this.responder = responder;
        this.request = request;
        this.match = match;
        this.query = query;
        this.body = body;
        this.inbound = inbound;
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
        return query;
    }

    /** The first header field of this name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.headers().get(name));
    }

    /** The request's body as a stream; ends with the body. */
    public InputStream bodyStream() {
        return inbound != null && match.route().body() == Route.Body.STREAMED
                ? inbound
                : new ByteArrayInputStream(body);
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

    /** Runs the callback, quick and on the event loop, when the client goes away before the answer has ended. */
    public void onDisconnect(Runnable callback) {
        synchronized (disconnectCallbacks) {
            if (!disconnected) {
                disconnectCallbacks.add(callback);
                return;
            }
        }
        callback.run();
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
    public void json(int status, Object value) {
        answer(status, JSON, ApiJson.jsonb().toJsonBytes(value));
    }

    /** Answers with plain text. */
    public void text(int status, String text) {
        answer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with a status alone. */
    public void empty(int status) {
        answer(status, "", new byte[0]);
    }

    /** Adds a header field to the answer that follows. */
    public void setHeader(String name, String value) {
        responder.header(name, value);
    }

    private void answer(int status, String contentType, byte[] content) {
        startAnswer();
        responder.answer(status, contentType, content);
    }

    /**
     * Answers with bytes that become known little by little; status and header are sent at once, so is every piece.
     *
     * @return ends the answer when closed
     */
    public OutputStream stream(int status, String contentType) {
        startAnswer();
        OutputStream stream = responder.stream(status, contentType);
        open = stream;
        return stream;
    }

    /**
     * Answers by turning the connection into a raw stream: 101 where the client asked for an upgrade, else 200 as before
     * upgrades were known. For routes made by {@link Route#hijack} only.
     *
     * @return closes the connection when its output is closed
     */
    public RawStream hijack(String contentType) {
        if (inbound == null || match.route().body() != Route.Body.HIJACKED) {
            throw new IllegalStateException(match.route().path() + " is no route that can be hijacked");
        }
        startAnswer();
        OutputStream output = responder.hijack(request.headers().contains(HttpHeaderNames.UPGRADE), contentType);
        open = output;
        return new RawStream(inbound, output);
    }

    private void startAnswer() {
        if (answered) {
            throw new IllegalStateException("the request is answered already");
        }
        answered = true;
    }

    /** Whether the status has been sent. */
    boolean isAnswered() {
        return answered;
    }

    /** Ends what the handler left open. */
    void end() throws IOException {
        if (open != null) {
            open.close();
        }
    }

    /** Method and path, for the log. */
    @Override
    public String toString() {
        return request.method() + " " + request.uri();
    }
}
