package dev.bailey.daemon.http;

import dev.bailey.api.ApiVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.net.PercentCodec;
import org.apache.hc.core5.net.WWWFormCodec;

/**
 * What the head of a request says. What is wrong with it becomes a route whose handler says so, so that such a request is
 * read to its end like any other and the connection stays of use.
 */
final class RequestHead {
    private static final int TOO_LARGE = 413;
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final ClassicHttpRequest message;
    private final Query query;
    private final Router.Match match;
    private final long length;

    RequestHead(ClassicHttpRequest message, Router router) {
        this.message = message;
        String target = message.getRequestUri();
        int mark = target.indexOf('?');
        Map<String, List<String>> parameters = Map.of();
        Router.Match found;
        long bytes = UNKNOWN;
        try {
            bytes = bodyLength();
            parameters = parameters(mark < 0 ? "" : target.substring(mark + 1));
            String path = PercentCodec.decode(mark < 0 ? target : target.substring(0, mark), StandardCharsets.UTF_8);
            found = router.find(message.getMethod(), path);
            checkLength(found.route(), bytes);
        } catch (HttpFailure failure) {
            found = refusal(failure);
        }
        this.query = new Query(parameters);
        this.match = found;
        this.length = bytes;
    }

    private long bodyLength() {
        try {
            long length = DefaultContentLengthStrategy.INSTANCE.determineLength(message);
            return length == ContentLengthStrategy.UNDEFINED ? 0 : length;
        } catch (HttpException e) {
            throw HttpFailure.badRequest("the length of the request's body is not clear: " + e.getMessage());
        }
    }

    /** The parameters of a query, which nothing can be wrong with. */
    static Map<String, List<String>> parameters(String text) {
        Map<String, List<String>> parameters = new HashMap<>();
        WWWFormCodec.parse(text, StandardCharsets.UTF_8)
                .forEach(pair -> parameters
                        .computeIfAbsent(pair.getName(), name -> new ArrayList<>())
                        .add(Optional.ofNullable(pair.getValue()).orElse("")));
        return parameters;
    }

    private static void checkLength(Route route, long bytes) {
        if (route.body() != Route.Body.STREAMED && bytes > Limits.MAX_BODY_BYTES) {
            throw tooLarge();
        }
    }

    /** The failure of a request whose body is larger than it may be. */
    static HttpFailure tooLarge() {
        return new HttpFailure(
                TOO_LARGE, "the request's body is larger than the " + Limits.MAX_BODY_BYTES + " bytes it may have");
    }

    /** A match that answers with a failure, whatever was asked. */
    static Router.Match refusal(HttpFailure failure) {
        Route route = Route.get("/", exchange -> {
            throw failure;
        });
        return new Router.Match(route, Map.of(), ApiVersion.NEWEST);
    }

    Router.Match match() {
        return match;
    }

    Query query() {
        return query;
    }

    Route.Body bodyKind() {
        return match.route().body();
    }

    /** Bytes of the body; negative when it comes in chunks. */
    long length() {
        return length;
    }

    /** Whether the body cannot be read to its end, which leaves the connection of no use. */
    boolean isUnreadable() {
        return length == UNKNOWN || (length > Limits.MAX_BODY_BYTES && bodyKind() != Route.Body.STREAMED);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(message.getFirstHeader(name)).map(Header::getValue);
    }

    boolean isHttp11() {
        return message.getVersion() == null || message.getVersion().greaterEquals(HttpVersion.HTTP_1_1);
    }

    /** Whether the client means to send another request on this connection. */
    boolean keepsAlive() {
        String wish = header("Connection").orElse("");
        return isHttp11() ? !wish.equalsIgnoreCase("close") : wish.equalsIgnoreCase("keep-alive");
    }

    /** Whether the client waits for a word before it sends the body. */
    boolean expectsContinue() {
        return header("Expect").filter("100-continue"::equalsIgnoreCase).isPresent();
    }

    @Override
    public String toString() {
        return message.getMethod() + " " + message.getRequestUri();
    }
}
