package dev.bailey.engine.dns.server;

import dev.bailey.engine.dns.wire.Query;
import dev.bailey.engine.dns.wire.QuestionKey;
import dev.bailey.engine.dns.wire.Response;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.linux.LinuxException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question on its way to upstream servers, and everybody who asked it meanwhile; for the loop's thread.
 *
 * <p>The servers are asked one after the other, a moment apart, and the first good answer of any of them counts. A server that
 * refuses or fails is passed over at once. Each attempt has a socket of its own, with a port of the kernel's random choice,
 * and a random id.
 */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int IDS = 0x10000;
    private static final long MILLI = 1_000_000L;
    /** How long a server has the question to itself. */
    private static final long STAGGER_NANOS = 200 * MILLI;
    /** When servers that have been asked are asked again: the datagram may be lost. */
    private static final long AGAIN_NANOS = 1_000 * MILLI;
    /** A stub resolver waits 5 s; an answer, if only that there is none, has to come before. */
    private static final long PATIENCE_NANOS = 4_500 * MILLI;

    private final EventLoop loop;
    private final UpstreamGroup group;
    private final SandboxId sandbox;
    private final QuestionKey key;
    private final byte[] question;
    private final int questionEnd;
    private final Answers answers;
    private final List<InetSocketAddress> order;
    private final List<Attempt> open = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private int attempts;
    private EventLoop.@Nullable Timer next;
    private EventLoop.@Nullable Timer end;
    private @Nullable Response failure;
    private boolean done;

    /**
     * Somebody who waits.
     *
     * @param asker who
     * @param query what they sent
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Waiting(Asker asker, byte[] query) {}

    /** Hands an answer to everybody who waits for it. */
    interface Answers {
        /** Passes on what a server answered. */
        void relay(List<Waiting> waiting, Response response);

        /** Says that there is no answer. */
        void fail(List<Waiting> waiting);

        /** Takes note that nothing of an exchange is left, which this sandbox began. */
        void ended(SandboxId sandbox);
    }

    Exchange(EventLoop loop, UpstreamGroup group, SandboxId sandbox, Query query, Answers answers, long nowNanos) {
        this.loop = loop;
        this.group = group;
        this.sandbox = sandbox;
        this.key = query.key().copy();
        this.question = new byte[query.forwardedBytes()];
        this.questionEnd = query.questionEnd();
        this.answers = answers;
        this.order = group.order(nowNanos);
        query.writeForwarded(0, question);
    }

    void join(Waiting asker) {
        waiting.add(asker);
    }

    int waiting() {
        return waiting.size();
    }

    void start() {
        group.underWay().put(key, this);
        end = loop.after(PATIENCE_NANOS, this::giveUp);
        askNext();
    }

    private void askNext() {
        if (next != null) {
            next.cancel();
        }
        if (order.isEmpty()) {
            giveUp();
            return;
        }
        if (attempts >= order.size()) {
            suspectSilent();
        }
        InetSocketAddress server = order.get(attempts++ % order.size());
        next = loop.after(attempts < order.size() ? STAGGER_NANOS : AGAIN_NANOS, this::askNext);
        try {
            open.add(UdpAttempt.start(loop, group, server, this));
        } catch (LinuxException unreachable) {
            LOG.debug("cannot ask {}", server, unreachable);
            passOver();
        }
    }

    /** The query as it is to be sent, each time with another id, so that nobody can guess it (RFC 5452). */
    byte[] question() {
        byte[] copy = question.clone();
        int id = RANDOM.nextInt(IDS);
        copy[0] = (byte) (id >>> 8);
        copy[1] = (byte) id;
        return copy;
    }

    /** Looks at what came for an attempt; what is no answer to the question is passed over, as anybody may send it. */
    void received(Attempt attempt, byte[] sent, byte[] message, int length) {
        Optional<Response> read = Response.read(message, length, sent, questionEnd);
        if (read.isEmpty() || done) {
            return;
        }
        Response response = read.get();
        group.trust(attempt.server());
        if (!response.isFinal()) {
            failure = response;
            failed(attempt);
        } else if (response.isTruncated() && !attempt.isTcp() && wantsAll()) {
            askByTcp(attempt);
        } else {
            noteSlower(attempt);
            finish(response);
        }
    }

    /** Those that were asked before this one, and are silent still. */
    private void noteSlower(Attempt answered) {
        long now = System.nanoTime();
        open.stream()
                .takeWhile(attempt -> attempt != answered)
                .filter(attempt -> !attempt.server().equals(answered.server()))
                .forEach(attempt -> group.beaten(attempt.server(), now));
    }

    private boolean wantsAll() {
        return waiting.stream().anyMatch(each -> each.asker().isTcp());
    }

    private void askByTcp(Attempt attempt) {
        close(attempt);
        if (next != null) {
            next.cancel();
        }
        try {
            open.add(TcpAttempt.start(loop, group, attempt.server(), this));
        } catch (LinuxException unreachable) {
            LOG.debug("cannot ask {} by TCP", attempt.server(), unreachable);
            passOver();
        }
    }

    /** An attempt has come to nothing. */
    void failed(Attempt attempt) {
        if (!done) {
            close(attempt);
            passOver();
        }
    }

    private void close(Attempt attempt) {
        open.remove(attempt);
        attempt.close();
    }

    /** Asks the next one at once; when all have been asked and none is left that may answer, that is the end. */
    private void passOver() {
        if (attempts < order.size()) {
            askNext();
        } else if (open.isEmpty()) {
            giveUp();
        }
    }

    private void giveUp() {
        if (failure != null) {
            finish(failure);
            return;
        }
        suspectSilent();
        if (end()) {
            answers.fail(waiting);
        }
    }

    private void suspectSilent() {
        long now = System.nanoTime();
        open.forEach(attempt -> group.suspect(attempt.server(), now));
    }

    private void finish(Response response) {
        if (end()) {
            group.cache().put(key, response, System.nanoTime());
            answers.relay(waiting, response);
        }
    }

    /** Ends it without an answer. */
    void abandon() {
        end();
    }

    /** Closes everything; false when that has happened before. */
    private boolean end() {
        if (done) {
            return false;
        }
        done = true;
        group.underWay().remove(key);
        if (next != null) {
            next.cancel();
        }
        if (end != null) {
            end.cancel();
        }
        open.forEach(Attempt::close);
        open.clear();
        answers.ended(sandbox);
        return true;
    }
}
