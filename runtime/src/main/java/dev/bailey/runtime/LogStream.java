package dev.bailey.runtime;

import java.io.IOException;
import java.util.Optional;

/** A container's logged output, read in order by one thread, which may be virtual. */
public interface LogStream extends AutoCloseable {
    /** The next record; blocks when following; empty at the end or after {@link #close}. */
    Optional<LogRecord> next() throws IOException;

    /** Ends a blocked {@link #next}; idempotent. */
    @Override
    void close();
}
