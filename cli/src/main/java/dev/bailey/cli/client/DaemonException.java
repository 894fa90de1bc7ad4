package dev.bailey.cli.client;

import java.io.IOException;

/** A refusal by the daemon; the message is the daemon's own. */
public final class DaemonException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String reason;

    /** Creates the exception of an answer with a status of 400 or more. */
    public DaemonException(int status, String reason) {
        super(reason);
        this.status = status;
        this.reason = reason;
    }

    /** Returns the message. */
    public String reason() {
        return reason;
    }

    /** Returns the HTTP status, 400 to 599. */
    public int status() {
        return status;
    }
}
