package dev.bailey.engine.dns.server;

import dev.bailey.engine.dns.AnswerCache;
import dev.bailey.engine.dns.LocalAnswer;
import dev.bailey.engine.dns.LocalNames;
import dev.bailey.engine.dns.wire.Query;
import dev.bailey.engine.dns.wire.Reply;
import dev.bailey.engine.dns.wire.Response;
import dev.bailey.engine.dns.wire.Wire;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Answers the questions of sandboxes: from the snapshot, from what is remembered, or by asking others; for the loop's thread.
 */
final class Resolver implements Exchange.Answers {
    /** The answer comes later. */
    static final int LATER = -1;
    /** There is none. */
    static final int NONE = 0;

    /** An address may be another container's a moment later, and asking again costs nothing. */
    private static final int TTL_SECONDS = 0;

    private static final int LOOPBACK = 0x7f000001;
    private static final int CLASS_ANY = 255;
    private static final int TYPE_IXFR = 251;
    private static final int TYPE_AXFR = 252;
    /** Each holds a few sockets; who asks for more is told that it failed. */
    private static final int MAX_EXCHANGES = 1024;
    /** No sandbox takes them all. */
    private static final int MAX_EXCHANGES_OF_SANDBOX = 256;

    private static final int MAX_WAITING = 256;

    private final EventLoop loop;
    private final Supplier<Snapshot> snapshots;
    private final LocalNames names;
    private final SplittableRandom random = new SplittableRandom();
    private final Query query = new Query();
    private final Query waited = new Query();
    private final Reply reply = new Reply();
    private final Map<SandboxId, Integer> exchanges = new HashMap<>();
    private int allExchanges;

    Resolver(EventLoop loop, Supplier<Snapshot> snapshots, LocalNames names) {
        this.loop = loop;
        this.snapshots = snapshots;
        this.names = names;
    }

    /** The answer of which {@link #answer} has given the length, until it is called again. */
    byte[] reply() {
        return reply.bytes();
    }

    /**
     * Answers a message.
     *
     * @param sandbox who asks
     * @param upstreams the servers to ask about what is not known here
     * @param message the message, from its start on
     * @param asker gets the answer when it comes later
     * @return the length of the answer, {@link #LATER} or {@link #NONE}
     */
    int answer(SandboxId sandbox, UpstreamGroup upstreams, byte[] message, int length, Asker asker) {
        return switch (query.read(message, length)) {
            case DROP -> NONE;
            case WRONG -> error(query.error(), asker);
            case ASKS -> answerQuestion(sandbox, upstreams, asker);
        };
    }

    private int answerQuestion(SandboxId sandbox, UpstreamGroup upstreams, Asker asker) {
        int type = query.type();
        boolean internet = query.questionClass() == Wire.CLASS_IN || query.questionClass() == CLASS_ANY;
        if (!internet || type == TYPE_AXFR || type == TYPE_IXFR) {
            return error(Wire.REFUSED, asker);
        }
        Snapshot snapshot = snapshots.get();
        return switch (names.find(snapshot, sandbox, query.name(), query.labels(), type)) {
            case LocalAnswer.Endpoints(Collection<Endpoint> endpoints) -> addresses(endpoints, asker);
            case LocalAnswer.Elsewhere() ->
                LocalNames.mayAskElsewhere(snapshot, sandbox)
                        ? elsewhere(sandbox, upstreams, asker)
                        : error(Wire.NO_SUCH_NAME, asker);
            case LocalAnswer.NoSuchName() -> error(Wire.NO_SUCH_NAME, asker);
            case LocalAnswer.NoData() -> error(Wire.NO_ERROR, asker);
            case LocalAnswer.Loopback() -> {
                reply.start(query, Wire.NO_ERROR);
                reply.address(TTL_SECONDS, LOOPBACK);
                yield finish(asker);
            }
            case LocalAnswer.Pointer(String name) -> pointer(name, asker);
            case LocalAnswer.Service service -> service(service, asker);
        };
    }

    private int error(int rcode, Asker asker) {
        reply.start(query, rcode);
        return finish(asker);
    }

    private int finish(Asker asker) {
        return reply.finish(query, limit(query, asker));
    }

    private static int limit(Query query, Asker asker) {
        return asker.isTcp() ? Wire.MAX_MESSAGE_BYTES : query.udpBytes();
    }

    /** In an order that changes, as many take the first. */
    private int addresses(Collection<Endpoint> endpoints, Asker asker) {
        reply.start(query, Wire.NO_ERROR);
        if (query.type() != Wire.TYPE_AAAA) {
            for (int bits : shuffled(endpoints)) {
                reply.address(TTL_SECONDS, bits);
            }
        }
        if (query.type() != Wire.TYPE_A) {
            for (Ipv6Address address : shuffledIpv6(endpoints)) {
                reply.address(TTL_SECONDS, address);
            }
        }
        return finish(asker);
    }

    private List<Ipv6Address> shuffledIpv6(Collection<Endpoint> endpoints) {
        List<Ipv6Address> addresses = new ArrayList<>(endpoints.size());
        endpoints.forEach(endpoint ->
                endpoint.ipv6().ifPresent(part -> addresses.add(part.address().address())));
        Collections.shuffle(addresses, Random.from(random));
        return addresses;
    }

    private int[] shuffled(Collection<Endpoint> endpoints) {
        int[] bits = new int[endpoints.size()];
        int filled = 0;
        for (Endpoint endpoint : endpoints) {
            if (endpoint.ipv4().isPresent()) {
                int place = filled == 0 ? 0 : random.nextInt(filled + 1);
                bits[filled] = bits[place];
                bits[place] = endpoint.ipv4().get().address().address().bits();
                filled++;
            }
        }
        return filled == bits.length ? bits : Arrays.copyOf(bits, filled);
    }

    private int pointer(String name, Asker asker) {
        if (!Reply.isWritable(name)) {
            return error(Wire.NO_ERROR, asker);
        }
        reply.start(query, Wire.NO_ERROR);
        reply.pointer(TTL_SECONDS, name);
        return finish(asker);
    }

    private int service(LocalAnswer.Service service, Asker asker) {
        reply.start(query, Wire.NO_ERROR);
        int host = reply.service(TTL_SECONDS, service.port(), service.host());
        for (int bits : shuffled(service.endpoints())) {
            reply.addressOf(host, TTL_SECONDS, bits);
        }
        for (Ipv6Address address : shuffledIpv6(service.endpoints())) {
            reply.addressOf(host, TTL_SECONDS, address);
        }
        return finish(asker);
    }

    private int elsewhere(SandboxId sandbox, UpstreamGroup upstreams, Asker asker) {
        long now = System.nanoTime();
        // The list is read before the cache is: other servers mean an empty one.
        boolean nobody = upstreams.servers(now).isEmpty();
        AnswerCache.Hit hit = upstreams.cache().find(query.key(), now);
        if (hit != null && !(hit.response().isTruncated() && asker.isTcp())) {
            return reply.relay(query, hit.response(), hit.ageSeconds(), limit(query, asker));
        }
        Exchange already = upstreams.underWay().get(query.key());
        boolean full = already == null ? isFull(sandbox) : already.waiting() >= MAX_WAITING;
        if (nobody || full) {
            return error(Wire.SERVER_FAILURE, asker);
        }
        Exchange.Waiting waiting = new Exchange.Waiting(asker, query.copy());
        if (already == null) {
            Exchange exchange = new Exchange(loop, upstreams, sandbox, query, this, now);
            exchange.join(waiting);
            allExchanges++;
            exchanges.merge(sandbox, 1, Integer::sum);
            exchange.start();
        } else {
            already.join(waiting);
        }
        return LATER;
    }

    private boolean isFull(SandboxId sandbox) {
        return allExchanges >= MAX_EXCHANGES || exchanges.getOrDefault(sandbox, 0) >= MAX_EXCHANGES_OF_SANDBOX;
    }

    @Override
    public void ended(SandboxId sandbox) {
        allExchanges--;
        exchanges.computeIfPresent(sandbox, (id, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void relay(List<Exchange.Waiting> waiting, Response response) {
        for (Exchange.Waiting each : waiting) {
            waited.read(each.query(), each.query().length);
            int length = reply.relay(waited, response, 0, limit(waited, each.asker()));
            each.asker().answer(reply.bytes(), length);
        }
    }

    @Override
    public void fail(List<Exchange.Waiting> waiting) {
        for (Exchange.Waiting each : waiting) {
            waited.read(each.query(), each.query().length);
            reply.start(waited, Wire.SERVER_FAILURE);
            each.asker().answer(reply.bytes(), reply.finish(waited, limit(waited, each.asker())));
        }
    }
}
