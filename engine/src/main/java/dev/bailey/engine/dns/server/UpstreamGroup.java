package dev.bailey.engine.dns.server;

import dev.bailey.engine.dns.AnswerCache;
import dev.bailey.engine.dns.wire.QuestionKey;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.Task;
import dev.bailey.linux.TcpSocket;
import dev.bailey.linux.UdpSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Servers that are asked in turn from one place, and what they have answered; for the loop's thread. */
abstract class UpstreamGroup {
    /** How long a server that did not answer is asked after the others. */
    private static final long SUSPECT_NANOS = 10_000_000_000L;
    /** How often in a row a server is to be slower than the ones behind it before it counts as one that does not answer. */
    private static final int MAX_BEATEN = 3;

    private final AnswerCache cache;
    private final Map<InetSocketAddress, Long> suspectUntil = new HashMap<>();
    private final Map<InetSocketAddress, Integer> beaten = new HashMap<>();
    private final Map<QuestionKey, Exchange> underWay = new HashMap<>();

    UpstreamGroup(long cacheBytes) {
        this.cache = new AnswerCache(cacheBytes);
    }

    /** The servers as they are now, in the order of preference. */
    abstract List<InetSocketAddress> servers(long nowNanos);

    /** Does something in the namespace that the servers are asked from. */
    abstract <T> T inPlace(Task<T, LinuxException> task) throws LinuxException;

    /** The servers in the order to ask them: those that keep silent come last. */
    List<InetSocketAddress> order(long nowNanos) {
        List<InetSocketAddress> order = new ArrayList<>();
        List<InetSocketAddress> last = new ArrayList<>();
        for (InetSocketAddress server : servers(nowNanos)) {
            Long until = suspectUntil.get(server);
            (until == null || nowNanos - until >= 0 ? order : last).add(server);
        }
        order.addAll(last);
        return order;
    }

    /** A server had not answered when one behind it did: once means little, as some names take time. */
    void beaten(InetSocketAddress server, long nowNanos) {
        if (beaten.merge(server, 1, Integer::sum) >= MAX_BEATEN) {
            suspect(server, nowNanos);
        }
    }

    /** A server did not answer in time. */
    void suspect(InetSocketAddress server, long nowNanos) {
        suspectUntil.put(server, nowNanos + SUSPECT_NANOS);
    }

    /** A server has answered. */
    void trust(InetSocketAddress server) {
        suspectUntil.remove(server);
        beaten.remove(server);
    }

    UdpSocket connectUdp(InetSocketAddress server) throws LinuxException {
        return inPlace(() -> UdpSocket.connect(server));
    }

    TcpSocket connectTcp(InetSocketAddress server) throws LinuxException {
        return inPlace(() -> TcpSocket.connect(server));
    }

    AnswerCache cache() {
        return cache;
    }

    /** What these servers are being asked, by question. */
    Map<QuestionKey, Exchange> underWay() {
        return underWay;
    }

    /** Forgets everything about the servers of before. */
    void forget() {
        cache.clear();
        suspectUntil.clear();
        beaten.clear();
    }

    /** Ends what is under way, so that no socket is left. */
    void close() {
        List.copyOf(underWay.values()).forEach(Exchange::abandon);
    }
}
