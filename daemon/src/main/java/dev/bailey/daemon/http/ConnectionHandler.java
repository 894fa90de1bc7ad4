package dev.bailey.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes one request after the other, reads its body, hands it to its handler, and starts over when the
 * answer is sent.
 *
 * <p>Everything here runs on the event loop. The socket is read only when somebody wants what comes next, and once while
 * a handler is busy, to learn that the client went away.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails here closes the connection, which channelInactive hears of
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);
    private static final long LINGER_SECONDS = 2;

    /** What the bytes are that come next. */
    private enum Phase {
        /** The head of a request. */
        HEAD,
        /** More of a body that is read whole. */
        WHOLE_BODY,
        /** More of a body whose handler is at work. */
        STREAMED_BODY,
        /** The next request, too early: it has to wait. */
        BUSY,
        /** A raw stream. */
        RAW,
        /** Nothing of use: the connection closes as soon as the client has what it was sent. */
        LINGERING
    }

    private final HttpServer server;
    private final Deque<Object> early = new ArrayDeque<>();
    private Phase phase = Phase.HEAD;
    private boolean flushing;
    private boolean inputEnded;
    private long lastProgressNanos = System.nanoTime();
    private @Nullable IncomingRequest incoming;
    private @Nullable InboundBytes inbound;
    private @Nullable Exchange exchange;

    @SuppressWarnings("NullAway.Init") // set when the handler joins the pipeline, before anything else happens
    private ChannelHandlerContext context;

    ConnectionHandler(HttpServer server) {
        this.server = server;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (server.opened(this)) {
            ctx.read();
        } else {
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        lastProgressNanos = System.nanoTime();
        switch (phase) {
            case HEAD -> {
                if (message instanceof HttpRequest request) {
                    begin(request);
                } else {
                    ReferenceCountUtil.release(message);
                }
            }
            case WHOLE_BODY -> addWhole((HttpContent) message);
            case STREAMED_BODY -> addStreamed((HttpContent) message);
            case BUSY -> early.add(message);
            case RAW -> raw().offer((ByteBuf) message);
            case LINGERING -> ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (wantsInput()) {
            ctx.read();
        }
    }

    private boolean wantsInput() {
        return !inputEnded
                && switch (phase) {
                    case HEAD, WHOLE_BODY, LINGERING -> true;
                    case STREAMED_BODY, RAW -> raw().hasRoom();
                    case BUSY -> early.isEmpty();
                };
    }

    private InboundBytes raw() {
        if (inbound == null) {
            throw new IllegalStateException("no stream in phase " + phase);
        }
        return inbound;
    }

    private void begin(HttpRequest request) {
        IncomingRequest started = new IncomingRequest(request, server.router());
        incoming = started;
        if (started.isBroken()) {
            phase = Phase.LINGERING;
            dispatch(started);
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        if (started.bodyKind() == Route.Body.STREAMED) {
            phase = Phase.STREAMED_BODY;
            inbound = newInbound();
            dispatch(started);
        } else {
            phase = Phase.WHOLE_BODY;
        }
    }

    private InboundBytes newInbound() {
        return new InboundBytes(() -> context.executor().execute(() -> {
            if (wantsInput()) {
                context.read();
            }
        }));
    }

    private void addWhole(HttpContent content) {
        IncomingRequest current = current();
        boolean fits = current.add(content);
        boolean last = content instanceof LastHttpContent;
        content.release();
        if (last || !fits) {
            phase = fits ? Phase.BUSY : Phase.LINGERING;
            if (current.bodyKind() == Route.Body.HIJACKED) {
                expectRawStream();
            }
            dispatch(current);
        }
    }

    /** What follows must not be taken for a request: taking the decoder out hands over what it has read too far. */
    private void expectRawStream() {
        phase = Phase.RAW;
        inbound = newInbound();
        context.pipeline().remove(HttpRequestDecoder.class);
    }

    private void addStreamed(HttpContent content) {
        raw().offer(content.content());
        if (content.decoderResult().isFailure()) {
            raw().fail(new IOException(
                    "the request's body is broken", content.decoderResult().cause()));
        }
        if (content instanceof LastHttpContent) {
            raw().end();
            phase = Phase.BUSY;
        }
    }

    private IncomingRequest current() {
        if (incoming == null) {
            throw new IllegalStateException("no request in phase " + phase);
        }
        return incoming;
    }

    private void dispatch(IncomingRequest request) {
        Responder responder = new Responder(this, context, request.head(), server.commonHeaders());
        Exchange started = request.exchange(responder, inbound);
        exchange = started;
        server.run(started, () -> context.executor().execute(context::close));
    }

    /** Notes that an answer begins; tells whether the connection may stay open after it. */
    boolean startAnswer() {
        flushing = true;
        lastProgressNanos = System.nanoTime();
        return phase == Phase.BUSY && !inputEnded && !server.isClosing();
    }

    /** Notes that the answer takes as long as it takes. */
    void startHijack() {
        flushing = false;
    }

    /** Notes that the answer is sent. */
    void endAnswer(boolean keepAlive) {
        flushing = false;
        exchange = null;
        if (keepAlive) {
            next();
        } else {
            linger();
        }
    }

    private void next() {
        inbound = null;
        incoming = null;
        phase = Phase.HEAD;
        while (!early.isEmpty() && (phase == Phase.HEAD || phase == Phase.WHOLE_BODY)) {
            channelRead(context, early.remove());
        }
        if (wantsInput()) {
            context.read();
        }
    }

    /** Closes in a way that lets the client read all it was sent: one that still writes would get a reset otherwise. */
    private void linger() {
        phase = Phase.LINGERING;
        if (inbound != null) {
            inbound.close();
        }
        if (inputEnded || !context.channel().isActive()) {
            context.close();
            return;
        }
        ((DuplexChannel) context.channel()).shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        context.read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !inputEnded) {
            inputEnded = true;
            endInput();
        }
    }

    private void endInput() {
        switch (phase) {
            case HEAD, WHOLE_BODY, LINGERING -> context.close();
            case STREAMED_BODY -> raw().fail(new EOFException("the client ended in the middle of the request's body"));
            case BUSY -> disconnect();
            case RAW -> raw().end();
        }
    }

    private void disconnect() {
        if (exchange != null) {
            exchange.disconnect();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        server.closed(this);
        inputEnded = true;
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        if (inbound != null) {
            inbound.fail(new EOFException("the client closed the connection"));
        }
        disconnect();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("a connection broke: {}", cause.getMessage());
        } else {
            LOG.error("a connection failed", cause);
        }
        ctx.close();
    }

    /** Closes the connection when its client has been silent, or has not taken an answer, for too long. */
    void sweep(long nowNanos) {
        long silentNanos = nowNanos - lastProgressNanos;
        boolean stalled = phase == Phase.WHOLE_BODY || flushing;
        boolean idle = phase == Phase.HEAD;
        if ((stalled && silentNanos > Limits.STALL.toNanos()) || (idle && silentNanos > Limits.IDLE.toNanos())) {
            context.close();
        }
    }

    /** Begins the end: idle connections close, endless answers end, the others are finished. */
    void retire() {
        if (phase == Phase.HEAD) {
            context.close();
        } else {
            disconnect();
        }
    }

    /** Closes at once. */
    void abort() {
        context.close();
    }
}
