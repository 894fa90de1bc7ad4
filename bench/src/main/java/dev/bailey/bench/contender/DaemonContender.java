package dev.bailey.bench.contender;

import java.io.IOException;

/** A contender that is a process which stays. */
public interface DaemonContender extends Contender {
    /** Starts the daemon and returns how long it took until it first answered, in nanoseconds. */
    long start() throws IOException;

    /** Ends the daemon by SIGTERM and waits for its end; does nothing when it does not run. */
    void stop() throws IOException;

    /** Returns the resident memory of its processes, those of what it attaches left out, in megabytes. */
    double residentMegabytes() throws IOException;

    /** Lists containers with its command and returns how long that took, in nanoseconds. */
    long list() throws IOException;

    /** Opens a client that makes and removes networks. */
    NetworkCaller networks() throws IOException;
}
