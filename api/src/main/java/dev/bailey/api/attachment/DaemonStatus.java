package dev.bailey.api.attachment;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * The answer to {@code GET /bailey/ping}: the daemon is there and serves.
 *
 * @param version the daemon's version
 * @param pid process id of the daemon
 * @param dataRoot data folder of the daemon
 * @param execRoot run-time folder of the daemon
 */
@Json
public record DaemonStatus(String version, long pid, String dataRoot, String execRoot) {
    public DaemonStatus {
        version = Absent.orEmpty(version);
        dataRoot = Absent.orEmpty(dataRoot);
        execRoot = Absent.orEmpty(execRoot);
    }
}
