package dev.bailey.netlink;

import dev.bailey.linux.Errno;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.NetlinkSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The kernel's notifications of some multicast groups, in the namespace of the thread that opened it.
 *
 * <p>One thread takes them, and must be quick: the kernel drops what does not fit the receive buffer and says so, which
 * comes out as {@link Overflow}. Whoever gets that must look at everything anew. Any thread may close, which wakes the one
 * that waits.
 */
public final class NetlinkSubscription implements AutoCloseable {
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    /** More than fit the buffer, so that a flood that never ends cannot hold the caller. */
    private static final int MAX_DRAINED_DATAGRAMS = 100_000;

    private final NetlinkSocket socket;
    private final Queue<Event> waiting = new ArrayDeque<>();

    private NetlinkSubscription(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** What a subscription delivers. */
    public sealed interface Event permits Notification, Overflow {}

    /**
     * A message that the kernel sent to a group.
     *
     * @param message the message
     */
    public record Notification(NetlinkMessage message) implements Event {}

    /** Messages were lost. */
    public record Overflow() implements Event {}

    /**
     * Subscribes in the network namespace of the calling thread; what happens from now on is delivered.
     *
     * @param protocol {@link NetlinkSocket#ROUTE} or {@link NetlinkSocket#NETFILTER}
     * @param groups the groups' numbers, RTNLGRP_* or NFNLGRP_*
     */
    public static NetlinkSubscription open(int protocol, int... groups) throws IOException {
        return open(protocol, socket -> {}, groups);
    }

    /** What a socket is told before it joins its groups: which messages the kernel is to drop. */
    @FunctionalInterface
    public interface Filter {
        /** Tells it. */
        void applyTo(NetlinkSocket socket) throws IOException;
    }

    /**
     * Subscribes to the messages of some groups that a filter lets through; the others wake nobody.
     *
     * @param protocol {@link NetlinkSocket#ROUTE} or {@link NetlinkSocket#NETFILTER}
     * @param filter the filter
     * @param groups the groups' numbers, RTNLGRP_* or NFNLGRP_*
     */
    public static NetlinkSubscription open(int protocol, Filter filter, int... groups) throws IOException {
        NetlinkSocket socket = NetlinkSocket.open(protocol);
        try {
            socket.receiveBufferBytes(RECEIVE_BUFFER_BYTES);
            filter.applyTo(socket);
            for (int group : groups) {
                socket.join(group);
            }
            return new NetlinkSubscription(socket);
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /**
     * Waits for the next event.
     *
     * @return it, or empty when the time is over
     * @throws java.nio.channels.AsynchronousCloseException when the subscription is closed meanwhile
     */
    public Optional<Event> next(Duration timeout) throws IOException {
        while (waiting.isEmpty()) {
            Optional<byte[]> datagram;
            try {
                datagram = socket.receive(timeout);
            } catch (LinuxException failure) {
                if (failure.errno().equals(Errno.ENOBUFS)) {
                    drain();
                    return Optional.of(new Overflow());
                }
                throw failure;
            }
            if (datagram.isEmpty()) {
                return Optional.empty();
            }
            MessageReader.read(datagram.get(), message -> waiting.add(new Notification(message)));
        }
        return Optional.of(waiting.remove());
    }

    /**
     * Throws away what waits. The kernel tells of a loss once and is silent about others until the socket was empty, so
     * whoever looks at everything anew before that could miss what was lost after the look.
     */
    private void drain() throws IOException {
        for (int i = 0; i < MAX_DRAINED_DATAGRAMS; i++) {
            if (socket.receive(Duration.ZERO).isEmpty()) {
                return;
            }
        }
    }

    /** Ends the subscription; harmless when ended already. */
    @Override
    public void close() {
        socket.close();
    }
}
