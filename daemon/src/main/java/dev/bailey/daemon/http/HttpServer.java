package dev.bailey.daemon.http;

import dev.bailey.api.ErrorResponse;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server on a Unix socket: one event loop for the sockets, one virtual thread for each request.
 *
 * <p>Errors of handlers are answered as {@code {"message":"…"}} with the status that the mapping gives.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int INTERNAL_ERROR = 500;

    private final Router router;
    private final HttpHeaders commonHeaders;
    private final Function<Throwable, HttpFailure> mapping;
    private final MultiThreadIoEventLoopGroup group;
    private final Set<ConnectionHandler> connections = new HashSet<>();
    private final AtomicLong requests = new AtomicLong();
    private volatile boolean closing;
    private @Nullable Channel listener;
    private @Nullable Future<?> sweeping;

    /**
     * Creates a server that does not listen yet.
     *
     * @param routes the routing table
     * @param headers header fields of every answer
     * @param mapping what each error of a handler looks like to the client
     */
    public HttpServer(List<Route> routes, Map<String, String> headers, Function<Throwable, HttpFailure> mapping) {
        this.router = new Router(routes);
        this.commonHeaders = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.forEach(commonHeaders::set);
        this.mapping = mapping;
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("bailey-http"), EpollIoHandler.newFactory());
    }

    /**
     * Listens on a new socket file; requests are answered from now on.
     *
     * @param socket a path where nothing is
     */
    public void listen(Path socket) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(EpollServerDomainSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
                .childOption(ChannelOption.ALLOCATOR, new UnpooledByteBufAllocator(false))
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(Limits.MAX_OUTBOUND_BYTES / 2, Limits.MAX_OUTBOUND_BYTES))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        initConnection(channel.pipeline());
                    }
                });
        try {
            listener = bootstrap
                    .bind(new DomainSocketAddress(socket.toFile()))
                    .sync()
                    .channel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while binding " + socket, e);
        }
        long seconds = Limits.SWEEP.toSeconds();
        sweeping = group.next().scheduleWithFixedDelay(this::sweep, seconds, seconds, TimeUnit.SECONDS);
    }

    private void initConnection(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(Limits.MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(Limits.MAX_HEADER_BYTES)
                .setMaxChunkSize(Limits.MAX_INBOUND_BYTES)));
        pipeline.addLast(new HttpResponseEncoder());
        pipeline.addLast(new ConnectionHandler(this));
    }

    /** Counts a new connection; false when there are too many. Called by the loop, as are the next four. */
    boolean opened(ConnectionHandler connection) {
        if (closing || connections.size() >= Limits.MAX_CONNECTIONS) {
            LOG.warn("refused a connection: {} are open", connections.size());
            return false;
        }
        return connections.add(connection);
    }

    void closed(ConnectionHandler connection) {
        connections.remove(connection);
    }

    Router router() {
        return router;
    }

    HttpHeaders commonHeaders() {
        return commonHeaders;
    }

    boolean isClosing() {
        return closing;
    }

    private void sweep() {
        long now = System.nanoTime();
        List.copyOf(connections).forEach(connection -> connection.sweep(now));
    }

    /** Runs the handler of a request on a thread of its own; {@code abort} cuts the connection. */
    void run(Exchange exchange, Runnable abort) {
        Thread.ofVirtual().name("request-" + requests.incrementAndGet()).start(() -> handle(exchange, abort));
    }

    private void handle(Exchange exchange, Runnable abort) {
        try {
            answer(exchange, abort);
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: the server closed before the answer", exchange);
        }
    }

    private void answer(Exchange exchange, Runnable abort) {
        try {
            exchange.match().route().handler().handle(exchange);
            exchange.end();
            if (!exchange.isAnswered()) {
                throw new IllegalStateException("the handler gave no answer");
            }
        } catch (ClientGoneException e) {
            LOG.debug("{}: {}", exchange, e.getMessage());
            abort.run();
        } catch (RejectedExecutionException e) {
            throw e;
        } catch (Exception | StackOverflowError | AssertionError e) {
            fail(exchange, e, abort);
        }
    }

    private void fail(Exchange exchange, Throwable cause, Runnable abort) {
        HttpFailure failure = mapping.apply(cause);
        if (failure.status() == INTERNAL_ERROR) {
            LOG.error("{}: {}", exchange, failure.getMessage(), cause);
        } else {
            LOG.debug("{}: {} {}", exchange, failure.status(), failure.getMessage());
        }
        if (exchange.isAnswered()) {
            abort.run();
        } else {
            exchange.json(failure.status(), new ErrorResponse(failure.getMessage()));
        }
    }

    /**
     * Ends orderly: takes no new requests, ends answers without an end, finishes the others within
     * {@link Limits#CLOSE}. The socket file stays. Harmless when closed already.
     */
    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        closing = true;
        try {
            if (listener != null) {
                listener.close().sync();
            }
            if (sweeping != null) {
                sweeping.cancel(false);
            }
            group.submit(() -> List.copyOf(connections).forEach(ConnectionHandler::retire))
                    .sync();
            awaitConnections(System.nanoTime() + Limits.CLOSE.toNanos());
            group.submit(() -> List.copyOf(connections).forEach(ConnectionHandler::abort))
                    .sync();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitConnections(long deadlineNanos) throws InterruptedException {
        while (!group.submit(connections::isEmpty).sync().getNow() && System.nanoTime() < deadlineNanos) {
            Thread.sleep(10);
        }
    }
}
