package dev.bailey.daemon.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes a request, runs its handler, sends the answer, and starts over; all on one thread.
 *
 * <p>Where a handler wants to hear of the client's leaving, a second thread waits for the next bytes meanwhile. The
 * server's sweeper closes the socket when the client takes too long, which ends whatever blocks here.
 */
final class Connection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int HEAD_TOO_LARGE = 431;

    /** What the connection waits for. */
    private enum Phase {
        /** The client's next request. */
        IDLE,
        /** The rest of a request's body. */
        READING,
        /** The handler, for as long as it takes. */
        WORKING,
        /** The client, to accept an answer that is complete. */
        SENDING,
        /** The client, to close. */
        LINGERING
    }

    private final HttpServer server;
    private final SocketChannel channel;
    private final SocketOutput output;
    private final Incoming incoming;
    private volatile Phase phase = Phase.IDLE;
    private volatile long sinceNanos = System.nanoTime();
    private volatile @Nullable Exchange exchange;
    private @Nullable Thread watcher;

    Connection(HttpServer server, SocketChannel channel) {
        this.server = server;
        this.channel = channel;
        this.output = new SocketOutput(channel);
        this.incoming = new Incoming(new SocketInput(channel));
    }

    @Override
    public void run() {
        try (channel) {
            boolean goOn = true;
            while (goOn) {
                goOn = serve();
            }
            linger();
        } catch (IOException e) {
            LOG.debug("a connection ended: {}", e.toString());
        } finally {
            server.closed(this);
        }
    }

    /** Serves one request; tells whether another may follow. */
    private boolean serve() throws IOException {
        enter(Phase.IDLE);
        Optional<ClassicHttpRequest> message;
        try {
            message = incoming.head();
        } catch (HttpException | MessageConstraintException e) {
            HttpServer.answer(new Answer(output, true, false, server.commonHeaders()), failure(e));
            return false;
        }
        return message.isPresent() && serve(new RequestHead(message.get(), server.router()));
    }

    private boolean serve(RequestHead head) throws IOException {
        Answer answer =
                new Answer(output, head.isHttp11(), head.keepsAlive() && !server.isClosing(), server.commonHeaders());
        Exchange current = read(head, answer);
        exchange = current;
        enter(Phase.WORKING);
        boolean whole = server.handle(current);
        exchange = null;
        enter(Phase.IDLE);
        return whole && answer.keepsConnection() && !server.isClosing() && awaitWatcher();
    }

    private Exchange read(RequestHead head, Answer answer) throws IOException {
        if (head.isUnreadable() || head.bodyKind() != Route.Body.WHOLE) {
            // What nobody reads, or a handler leaves, would be taken for the next request.
            answer.endConnection();
        }
        if (head.isUnreadable()) {
            return exchange(head, head.match(), answer, new byte[0], InputStream.nullInputStream());
        }
        if (head.expectsContinue()) {
            answer.goOn();
        }
        InputStream body = head.length() < 0 ? incoming.chunks() : incoming.body(head.length());
        if (head.bodyKind() == Route.Body.STREAMED) {
            return exchange(head, head.match(), answer, new byte[0], body);
        }
        enter(Phase.READING);
        byte[] bytes = body.readNBytes(Limits.MAX_BODY_BYTES + 1);
        if (bytes.length > Limits.MAX_BODY_BYTES) {
            answer.endConnection();
            return exchange(
                    head, RequestHead.refusal(RequestHead.tooLarge()), answer, bytes, InputStream.nullInputStream());
        }
        return exchange(head, head.match(), answer, bytes, incoming.raw());
    }

    private Exchange exchange(RequestHead head, Router.Match match, Answer answer, byte[] body, InputStream stream) {
        return new Exchange(this, head, match, answer, body, stream);
    }

    private static HttpFailure failure(Exception e) {
        return switch (e) {
            case MessageConstraintException large -> tooLarge();
            case RequestHeaderFieldsTooLargeException large -> tooLarge();
            default -> HttpFailure.badRequest("the request is not HTTP/1.1: " + e.getMessage());
        };
    }

    private static HttpFailure tooLarge() {
        return new HttpFailure(
                HEAD_TOO_LARGE,
                "the request's head is too large: a line may have " + Limits.MAX_LINE_BYTES + " bytes, the header "
                        + Limits.MAX_HEADER_LINES + " lines");
    }

    /** Starts to listen for the client's leaving on behalf of the handler that runs. */
    void watch(Exchange listener) {
        if (watcher == null && !incoming.hasMore()) {
            watcher = Thread.ofVirtual().name("watch").start(() -> {
                if (!hearsMore()) {
                    listener.disconnect();
                }
            });
        }
    }

    private boolean hearsMore() {
        try {
            return incoming.awaitMore();
        } catch (IOException e) {
            return false;
        }
    }

    /** Gives the input back to this thread; false when there is nothing to come. */
    private boolean awaitWatcher() throws IOException {
        if (watcher == null) {
            return true;
        }
        try {
            watcher.join();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        watcher = null;
        return incoming.hasMore();
    }

    /** Notes that an answer is complete and only has to be sent. */
    void sending() {
        enter(Phase.SENDING);
    }

    private void enter(Phase next) {
        phase = next;
        sinceNanos = System.nanoTime();
    }

    /** Closes so that the client can read all that it was sent: one that still writes would get a reset otherwise. */
    private void linger() throws IOException {
        enter(Phase.LINGERING);
        channel.shutdownOutput();
        ByteBuffer nowhere = ByteBuffer.allocate(Limits.READ_BUFFER_BYTES);
        while (channel.read(nowhere.clear()) >= 0) {
            nowhere.clear();
        }
    }

    /** Closes the socket when the client has taken too long. */
    void sweep(long nowNanos) {
        long limitNanos = switch (phase) {
            case IDLE -> Limits.IDLE.toNanos();
            case READING, SENDING -> Limits.STALL.toNanos();
            case LINGERING -> Limits.LINGER.toNanos();
            case WORKING -> Long.MAX_VALUE;
        };
        if (nowNanos - sinceNanos > limitNanos) {
            abort();
        }
    }

    /** Begins the end: an idle connection closes, an answer without an end ends, any other is finished. */
    void retire() {
        Exchange current = exchange;
        if (current != null) {
            current.disconnect();
        } else if (phase == Phase.IDLE) {
            abort();
        }
    }

    /** Closes at once. */
    void abort() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a connection failed: {}", e.toString());
        }
    }
}
