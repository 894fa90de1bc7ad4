package dev.bailey.netlink;

import dev.bailey.linux.Errno;
import java.io.IOException;

/**
 * A request that the kernel refused.
 *
 * <p>The message has the operation, the object, the errno and, where the kernel gave one, its own words (the extended
 * acknowledgement, NLMSGERR_ATTR_MSG of linux/netlink.h).
 */
public final class NetlinkException extends IOException {
    private static final long serialVersionUID = 1;

    private final String operation;
    private final String object;
    private final Errno errno;
    private final String kernelText;
    private final int offset;
    private final int index;

    NetlinkException(String operation, String object, Refusal refusal) {
        super(operation + " " + object + ": " + refusal.errno()
                + (refusal.kernelText().isEmpty() ? "" : ", the kernel says: " + refusal.kernelText()));
        this.operation = operation;
        this.object = object;
        this.errno = refusal.errno();
        this.kernelText = refusal.kernelText();
        this.offset = refusal.offset();
        this.index = refusal.index();
    }

    /**
     * What the kernel answered.
     *
     * @param errno its reason
     * @param kernelText its words, empty for none
     * @param offset where in the request the attribute stands that it objects to, in bytes from its start; -1 for unknown
     * @param index which of the requests of one send it was, from 0
     */
    public record Refusal(Errno errno, String kernelText, int offset, int index) {}

    /** Returns this refusal told of another operation, by a caller that knows better what it was for. */
    public NetlinkException as(String newOperation, String newObject) {
        NetlinkException renamed =
                new NetlinkException(newOperation, newObject, new Refusal(errno, kernelText, offset, index));
        renamed.initCause(this);
        return renamed;
    }

    /** Returns what was asked for. */
    public String operation() {
        return operation;
    }

    /** Returns of what it was asked. */
    public String object() {
        return object;
    }

    /** Returns the kernel's reason. */
    public Errno errno() {
        return errno;
    }

    /** Returns the kernel's own words, empty where it gave none. */
    public String kernelText() {
        return kernelText;
    }

    /** Returns where in the request the attribute stands that the kernel objects to, in bytes; -1 for unknown. */
    public int offset() {
        return offset;
    }

    /** Returns which of the requests of one send was refused, from 0. */
    public int index() {
        return index;
    }
}
