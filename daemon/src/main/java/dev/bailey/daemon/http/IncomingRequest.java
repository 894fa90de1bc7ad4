package dev.bailey.daemon.http;

import dev.bailey.api.ApiVersion;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrives piece by piece. What is wrong with it becomes a route whose handler says so: such a request is
 * read to its end like any other and the connection stays of use.
 */
final class IncomingRequest {
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int URI_TOO_LONG = 414;
    private static final int HEADERS_TOO_LARGE = 431;

    private final HttpRequest head;
    private final Query query;
    private final boolean broken;
    private Router.Match match;
    private byte[] body = new byte[0];
    private @Nullable ByteArrayOutputStream pieces;

    IncomingRequest(HttpRequest head, Router router) {
        this.head = head;
        Router.Match found;
        Query parameters = new Query(Map.of());
        long length = 0;
        try {
            checkDecoded(head.decoderResult());
            length = HttpUtil.getContentLength(head, 0L);
            QueryStringDecoder uri = new QueryStringDecoder(head.uri());
            parameters = new Query(uri.parameters());
            found = router.find(head.method().name(), uri.path());
            if (found.route().body() == Route.Body.STREAMED) {
                length = 0;
            }
            checkLength(length);
        } catch (HttpFailure failure) {
            found = refusal(failure);
        } catch (IllegalArgumentException e) {
            found = refusal(HttpFailure.badRequest("the request's head is not understood: " + e.getMessage()));
        }
        match = found;
        query = parameters;
        broken = head.decoderResult().isFailure() || length > Limits.MAX_BODY_BYTES;
    }

    /** Whether its body cannot be read: the answer is due now, and the connection of no use after it. */
    boolean isBroken() {
        return broken;
    }

    HttpRequest head() {
        return head;
    }

    Route.Body bodyKind() {
        return match.route().body();
    }

    /** Adds a piece of the body; tells whether the body can still become whole. */
    boolean add(HttpContent piece) {
        try {
            checkDecoded(piece.decoderResult());
            checkLength((long) body.length
                    + (pieces == null ? 0 : pieces.size())
                    + piece.content().readableBytes());
        } catch (HttpFailure failure) {
            match = refusal(failure);
            return false;
        }
        append(piece.content());
        return true;
    }

    /** Most bodies come in one piece: only a second one needs a buffer that grows. */
    private void append(ByteBuf piece) {
        int length = piece.readableBytes();
        if (length == 0) {
            return;
        }
        if (body.length == 0 && pieces == null) {
            body = new byte[length];
            piece.readBytes(body);
            return;
        }
        try {
            if (pieces == null) {
                pieces = new ByteArrayOutputStream(body.length + length);
                pieces.write(body);
                body = new byte[0];
            }
            piece.readBytes(pieces, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Exchange exchange(Responder responder, @Nullable InboundBytes inbound) {
        return new Exchange(responder, head, match, query, pieces == null ? body : pieces.toByteArray(), inbound);
    }

    private static void checkLength(long bytes) {
        if (bytes > Limits.MAX_BODY_BYTES) {
            throw new HttpFailure(
                    TOO_LARGE, "the request's body is larger than the " + Limits.MAX_BODY_BYTES + " bytes it may have");
        }
    }

    private static void checkDecoded(DecoderResult result) {
        if (result.isSuccess()) {
            return;
        }
        throw switch (result.cause()) {
            case TooLongHttpLineException e ->
                new HttpFailure(
                        URI_TOO_LONG, "the request line is longer than " + Limits.MAX_REQUEST_LINE_BYTES + " bytes");
            case TooLongHttpHeaderException e ->
                new HttpFailure(
                        HEADERS_TOO_LARGE, "the request's header is longer than " + Limits.MAX_HEADER_BYTES + " bytes");
            case Throwable e -> new HttpFailure(BAD_REQUEST, "the request is not HTTP/1.1: " + e.getMessage());
        };
    }

    private static Router.Match refusal(HttpFailure failure) {
        Route route = Route.get("/", exchange -> {
            throw failure;
        });
        return new Router.Match(route, Map.of(), ApiVersion.NEWEST);
    }
}
