package dev.bailey.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** No daemon could be reached at the socket; the message says why and what would help. */
public final class DaemonUnreachableException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean absent;

    private DaemonUnreachableException(boolean absent, String message, IOException cause) {
        super(message, cause);
        this.absent = absent;
    }

    /** Finds the reason for a failed connection by looking at the socket's file. */
    static DaemonUnreachableException at(Path socket, IOException cause) {
        if (Files.notExists(socket) || Files.isWritable(socket)) {
            return new DaemonUnreachableException(
                    true, "no daemon answers at " + socket + "; start one: sudo bailey daemon", cause);
        }
        return new DaemonUnreachableException(
                false, "permission denied at " + socket + "; run as root or as a member of the socket's group", cause);
    }

    /** Tells whether no daemon runs there, so that one may be started. */
    public boolean absent() {
        return absent;
    }
}
