package dev.bailey.engine.ipam;

import dev.bailey.engine.model.EndpointId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A subnet or an address that cannot be had; the message is one line for the operator. */
public final class IpamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it cannot be had. */
    public enum Reason {
        /** Nobody could ever have it: it lies outside or is set apart. */
        INVALID,
        /** Somebody has it now. */
        CONFLICT,
        /** Everything is taken. */
        EXHAUSTED
    }

    private final Reason reason;
    private final transient @Nullable EndpointId holder;

    IpamException(Reason reason, String message) {
        this(reason, message, null);
    }

    IpamException(Reason reason, String message, @Nullable EndpointId holder) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.holder = holder;
    }

    /** Why it cannot be had. */
    public Reason reason() {
        return reason;
    }

    /** The endpoint that has the address, where one has. */
    public Optional<EndpointId> holder() {
        return Optional.ofNullable(holder);
    }
}
