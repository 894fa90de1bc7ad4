package dev.bailey.daemon.http;

import java.io.IOException;
import java.io.Serial;

/** Bytes could not be sent because the client closed the connection. */
public final class ClientGoneException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    ClientGoneException(Throwable cause) {
        super("the client closed the connection", cause);
    }
}
