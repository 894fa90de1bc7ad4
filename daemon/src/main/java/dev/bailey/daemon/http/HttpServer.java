package dev.bailey.daemon.http;

import dev.bailey.api.ApiJson;
import dev.bailey.api.ErrorResponse;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server on a Unix socket, with one thread for each connection: a platform thread for the first ones, which the
 * kernel wakes without a detour, a virtual thread for all beyond.
 *
 * <p>Errors of handlers are answered as {@code {"message":"…"}} with the status that the mapping gives.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int INTERNAL_ERROR = 500;
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

    private final Router router;
    private final Map<String, String> commonHeaders;
    private final Function<Throwable, HttpFailure> mapping;
    private final ServerSocketChannel listener;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Creates a server that does not listen yet.
     *
     * @param routes the routing table
     * @param headers header fields of every answer, in this order
     * @param mapping what each error of a handler looks like to the client
     */
    public HttpServer(List<Route> routes, Map<String, String> headers, Function<Throwable, HttpFailure> mapping)
            throws IOException {
        this.router = new Router(routes);
        this.commonHeaders = new LinkedHashMap<>(headers);
        this.mapping = mapping;
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    /**
     * Listens on a new socket file; requests are answered from now on.
     *
     * @param socket a path where nothing is
     */
    public void listen(Path socket) throws IOException {
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().name("bailey-http").daemon().start(this::accept);
        Thread.ofVirtual().name("http-sweeper").start(this::sweep);
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                open(listener.accept());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.error("no connection can be accepted", e);
                pause(PAUSE_AFTER_FAILURE);
            }
        }
    }

    private void open(SocketChannel channel) throws IOException {
        if (connections.size() >= Limits.MAX_CONNECTIONS) {
            LOG.warn("refused a connection: {} are open", connections.size());
            channel.close();
            return;
        }
        Connection connection = new Connection(this, channel);
        connections.add(connection);
        builder().name("http-" + accepted.incrementAndGet()).start(connection);
    }

    private Thread.Builder builder() {
        return connections.size() <= Limits.PLATFORM_THREADS
                ? Thread.ofPlatform().daemon()
                : Thread.ofVirtual();
    }

    /** Forgets a connection that has ended. */
    void closed(Connection connection) {
        connections.remove(connection);
    }

    Router router() {
        return router;
    }

    Map<String, String> commonHeaders() {
        return commonHeaders;
    }

    boolean isClosing() {
        return !listener.isOpen();
    }

    private void sweep() {
        try {
            while (!closed.await(Limits.SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                connections.forEach(connection -> connection.sweep(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the handler of a request; false when its answer is not whole. */
    boolean handle(Exchange exchange) throws IOException {
        try {
            exchange.match().route().handler().handle(exchange);
            exchange.end();
            if (!exchange.isAnswered()) {
                throw new IllegalStateException("the handler gave no answer");
            }
            return true;
        } catch (ClientGoneException e) {
            LOG.debug("{}: {}", exchange, e.getMessage());
            throw e;
        } catch (Exception | StackOverflowError | AssertionError e) {
            return fail(exchange, e);
        }
    }

    private boolean fail(Exchange exchange, Throwable cause) throws IOException {
        HttpFailure failure = mapping.apply(cause);
        if (failure.status() == INTERNAL_ERROR) {
            LOG.error("{}: {}", exchange, failure.getMessage(), cause);
        } else {
            LOG.debug("{}: {} {}", exchange, failure.status(), failure.getMessage());
        }
        if (exchange.isAnswered()) {
            throw new IOException("an answer broke off: " + failure.getMessage());
        }
        exchange.json(failure.status(), new ErrorResponse(failure.getMessage()));
        return true;
    }

    /** Answers with a failure where there is no request. */
    static void answer(Answer answer, HttpFailure failure) throws IOException {
        answer.whole(
                failure.status(),
                "application/json",
                ApiJson.jsonb().toJsonBytes(new ErrorResponse(failure.getMessage())));
    }

    /**
     * Ends orderly: takes no new connections, ends answers without an end, finishes the others within
     * {@link Limits#CLOSE}. The socket file stays. Harmless when closed already.
     */
    @Override
    public void close() throws IOException {
        listener.close();
        closed.countDown();
        connections.forEach(Connection::retire);
        long deadline = System.nanoTime() + Limits.CLOSE.toNanos();
        while (!connections.isEmpty() && System.nanoTime() < deadline) {
            pause(PAUSE);
        }
        connections.forEach(Connection::abort);
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
