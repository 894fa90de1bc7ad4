package dev.bailey.netlink.nftables;

import dev.bailey.linux.NetlinkSocket;
import dev.bailey.netlink.NetlinkMessage;
import dev.bailey.netlink.NetlinkSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A listener to the commits of everybody, in the network namespace of the thread that opened it.
 *
 * <p>The kernel tells the changes of a commit one by one and then who committed; they come out together. One thread takes
 * them, a platform thread; any thread may close, which wakes the one that waits.
 */
public final class NftablesMonitor implements AutoCloseable {
    /** linux/netfilter/nfnetlink.h. */
    private static final int NFNLGRP_NFTABLES = 7;

    private final NetlinkSubscription subscription;
    private final List<NftablesEvent.Change> changes = new ArrayList<>();

    private NftablesMonitor(NetlinkSubscription subscription) {
        this.subscription = subscription;
    }

    /** Listens from now on, in the network namespace of the calling thread. */
    public static NftablesMonitor open() throws IOException {
        return new NftablesMonitor(NetlinkSubscription.open(NetlinkSocket.NETFILTER, NFNLGRP_NFTABLES));
    }

    /**
     * Listens from now on to everybody but the connection with that port, whose commits the kernel does not tell of.
     *
     * @param portId {@link NftablesConnection#portId()}
     */
    public static NftablesMonitor ofOthers(int portId) throws IOException {
        return new NftablesMonitor(NetlinkSubscription.open(
                NetlinkSocket.NETFILTER, socket -> socket.receiveFromOthers(portId), NFNLGRP_NFTABLES));
    }

    /**
     * Waits for the next event.
     *
     * @param timeout how long to wait for the kernel to tell something
     * @return the event; empty if the time is over
     * @throws java.nio.channels.AsynchronousCloseException if the monitor is closed meanwhile
     */
    public Optional<NftablesEvent> next(Duration timeout) throws IOException {
        while (true) {
            Optional<NetlinkSubscription.Event> event = subscription.next(timeout);
            if (event.isEmpty()) {
                return Optional.empty();
            }
            Optional<NftablesEvent> complete = take(event.get());
            if (complete.isPresent()) {
                return complete;
            }
        }
    }

    private Optional<NftablesEvent> take(NetlinkSubscription.Event event) {
        return switch (event) {
            case NetlinkSubscription.Overflow overflow -> {
                changes.clear();
                yield Optional.of(new NftablesEvent.Overflow());
            }
            case NetlinkSubscription.Notification notification -> take(notification.message());
        };
    }

    private Optional<NftablesEvent> take(NetlinkMessage message) {
        if (NfMessage.type(message) != NfTables.NFT_MSG_NEWGEN) {
            ChangeCodec.decode(message).ifPresent(changes::add);
            return Optional.empty();
        }
        Generation generation = Generation.decode(message.attributes(NfMessage.HEADER_BYTES));
        NftablesEvent committed = new NftablesEvent.Committed(generation, message.portId(), changes);
        changes.clear();
        return Optional.of(committed);
    }

    /** Stops listening; harmless if stopped already. */
    @Override
    public void close() {
        subscription.close();
    }
}
