package dev.bailey.netlink.nftables;

import dev.bailey.netlink.NetlinkConnection;
import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.NetlinkException.Refusal;
import dev.bailey.netlink.NetlinkMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends batches, each in one datagram since the kernel takes a transaction in no other way.
 *
 * <p>The acknowledgement of the transaction's end stands for all of it. Kernels before 6.10 do not give one: there the
 * last change is acknowledged instead, which the kernel tells after it has committed all.
 */
final class BatchSender {
    /** What fits the send buffer of every system without asking for more. */
    private static final int SMALL_BYTES = 64 * 1024;

    private static final int MESSAGE_HEADER_BYTES = 16;

    /** Which message of a transaction the kernel acknowledges. */
    enum Acknowledged {
        END,
        LAST_CHANGE
    }

    private final NetlinkConnection connection;
    private Optional<Acknowledged> acknowledged;
    private int sendBufferBytes = SMALL_BYTES;

    BatchSender(NetlinkConnection connection, Optional<Acknowledged> acknowledged) {
        this.connection = connection;
        this.acknowledged = acknowledged;
    }

    void send(Batch batch, Optional<Integer> generationId) throws IOException {
        List<BatchMessage> changes = batch.messages();
        if (changes.isEmpty()) {
            return;
        }
        List<NetlinkMessage> messages = new ArrayList<>(changes.size() + 2);
        messages.add(NfMessage.begin(generationId));
        changes.forEach(change -> messages.add(change.message()));
        messages.add(NfMessage.end());
        reserve(messages);
        int last = messages.size() - 1;
        int awaited = acknowledged() == Acknowledged.END ? last : last - 1;
        connection.transact(messages, awaited, refusal -> name(refusal, changes, messages));
    }

    private Acknowledged acknowledged() throws IOException {
        if (acknowledged.isEmpty()) {
            List<NetlinkMessage> nothing = List.of(NfMessage.begin(Optional.empty()), NfMessage.end());
            boolean end = connection.acknowledges(nothing, 1, refusal -> name(refusal, List.of(), nothing));
            acknowledged = Optional.of(end ? Acknowledged.END : Acknowledged.LAST_CHANGE);
        }
        return acknowledged.get();
    }

    private void reserve(List<NetlinkMessage> messages) throws IOException {
        int bytes = messages.stream()
                .mapToInt(message -> MESSAGE_HEADER_BYTES + message.payload().length + 3)
                .sum();
        if (bytes > sendBufferBytes) {
            connection.sendBufferBytes(bytes);
            sendBufferBytes = bytes;
        }
    }

    /** The frame's own refusals are those of the whole: no permission, a stale generation, no memory. */
    private static Request name(Refusal refusal, List<BatchMessage> changes, List<NetlinkMessage> messages) {
        NetlinkMessage message = messages.get(refusal.index());
        int change = refusal.index() - 1;
        if (change < 0 || change >= changes.size()) {
            String size = changes.isEmpty() ? "" : " of " + changes.size() + " changes";
            return new Request("commit", "batch" + size, message);
        }
        BatchMessage refused = changes.get(change);
        String which = changes.size() == 1 ? "" : " (change " + refusal.index() + " of " + changes.size() + ")";
        return new Request(refused.command(), refused.blamed(refusal.offset()) + which, message);
    }
}
