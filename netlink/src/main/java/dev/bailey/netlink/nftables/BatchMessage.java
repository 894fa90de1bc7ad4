package dev.bailey.netlink.nftables;

import dev.bailey.netlink.NetlinkMessage;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A message of a batch, with the nft command that it stands for.
 *
 * @param message what is sent
 * @param command verb and kind of object, such as {@code add rule}
 * @param target the object's name
 * @param body the rest of the command; made when somebody wants to read it
 * @param culprit the part of the body that an offset into the message belongs to; empty where that cannot be told
 */
record BatchMessage(
        NetlinkMessage message, String command, String target, Supplier<String> body, IntFunction<String> culprit) {
    /** A message whose body is blamed as a whole. */
    static BatchMessage of(NetlinkMessage message, String command, String target, Supplier<String> body) {
        return new BatchMessage(message, command, target, body, offset -> body.get());
    }

    /** The target and what an error at that offset is about. */
    String blamed(int offset) {
        String part = culprit.apply(offset);
        return part.isEmpty() ? target : target + " " + part;
    }

    /** The whole command. */
    @Override
    public String toString() {
        String text = body.get();
        return command + " " + target + (text.isEmpty() ? "" : " " + text);
    }
}
