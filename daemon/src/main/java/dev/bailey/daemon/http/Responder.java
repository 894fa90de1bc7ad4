package dev.bailey.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.OutputStream;

/**
 * The way back of one request: makes the answer and passes it to the event loop, from whichever thread asks.
 *
 * <p>The order of calls is the order on the wire. Whether the connection stays open after the answer is decided on the
 * loop, by {@link ConnectionHandler#startAnswer}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails here closes the connection, which channelInactive hears of
final class Responder {
    private final ConnectionHandler connection;
    private final ChannelHandlerContext context;
    private final HttpVersion version;
    private final boolean clientKeepsAlive;
    private final HttpHeaders headers;
    private boolean keepAlive;

    Responder(ConnectionHandler connection, ChannelHandlerContext context, HttpRequest request, HttpHeaders common) {
        this.connection = connection;
        this.context = context;
        this.version = request.protocolVersion();
        this.clientKeepsAlive = HttpUtil.isKeepAlive(request);
        this.headers = DefaultHttpHeadersFactory.headersFactory().newHeaders().set(common);
    }

    /** Sets a header field of the answer. */
    void header(CharSequence name, String value) {
        headers.set(name, value);
    }

    /** Sends a whole answer. */
    void answer(int status, String contentType, byte[] content) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status),
                Unpooled.wrappedBuffer(content),
                headers,
                DefaultHttpHeadersFactory.trailersFactory().newHeaders());
        contentType(contentType);
        if (status != HttpResponseStatus.NO_CONTENT.code() && status != HttpResponseStatus.NOT_MODIFIED.code()) {
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
        }
        context.executor().execute(() -> {
            decideKeepAlive(clientKeepsAlive);
            context.writeAndFlush(response).addListener(sent -> connection.endAnswer(keepAlive && sent.isSuccess()));
        });
    }

    /** Sends the head of an answer and returns the stream of what follows. */
    OutputStream stream(int status, String contentType) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), headers);
        contentType(contentType);
        boolean chunked = version.equals(HttpVersion.HTTP_1_1);
        HttpUtil.setTransferEncodingChunked(head, chunked);
        context.executor().execute(() -> {
            decideKeepAlive(clientKeepsAlive && chunked);
            context.writeAndFlush(head);
        });
        return new OutboundBytes(
                context,
                DefaultHttpContent::new,
                () -> context.executor()
                        .execute(() -> context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                                .addListener(sent -> connection.endAnswer(keepAlive && sent.isSuccess()))));
    }

    private void decideKeepAlive(boolean wanted) {
        keepAlive = connection.startAnswer() && wanted;
        HttpUtil.setKeepAlive(headers, version, keepAlive);
    }

    /** Sends the head that ends HTTP on this connection and returns the stream of what follows. */
    OutputStream hijack(boolean upgrade, String contentType) {
        HttpResponseStatus status = upgrade ? new HttpResponseStatus(101, "UPGRADED") : HttpResponseStatus.OK;
        contentType(contentType);
        if (upgrade) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
            headers.set(HttpHeaderNames.UPGRADE, "tcp");
        }
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, headers);
        context.executor().execute(() -> {
            connection.startHijack();
            context.write(head);
            ChannelPipeline pipeline = context.pipeline();
            pipeline.remove(HttpResponseEncoder.class);
            context.flush();
        });
        return new OutboundBytes(
                context, (ByteBuf bytes) -> bytes, () -> context.executor().execute(() -> connection.endAnswer(false)));
    }

    private void contentType(String contentType) {
        if (!contentType.isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        }
    }
}
