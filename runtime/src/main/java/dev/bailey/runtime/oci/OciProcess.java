package dev.bailey.runtime.oci;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A process as an OCI runtime starts it; on its own it is what an exec gets.
 *
 * @param terminal whether it gets a terminal
 * @param user who it runs as
 * @param args the program and its arguments
 * @param env its whole environment
 * @param cwd the absolute path inside that it starts in
 * @param capabilities what it may do as root
 * @param rlimits its resource limits
 * @param noNewPrivileges whether set-uid programs gain nothing
 * @param oomScoreAdj how soon the kernel ends it for want of memory
 */
@Json
public record OciProcess(
        boolean terminal,
        OciUser user,
        List<String> args,
        List<String> env,
        String cwd,
        Capabilities capabilities,
        List<Rlimit> rlimits,
        boolean noNewPrivileges,
        int oomScoreAdj) {
    /**
     * What a process may do as root, as names such as {@code CAP_CHOWN}.
     *
     * @param bounding what it can ever have
     * @param effective what it has now
     * @param permitted what it may switch on
     */
    @Json
    public record Capabilities(List<String> bounding, List<String> effective, List<String> permitted) {}

    /**
     * A resource limit.
     *
     * @param type such as {@code RLIMIT_NOFILE}
     * @param hard the most that it may be raised to
     * @param soft what holds now
     */
    @Json
    public record Rlimit(String type, long hard, long soft) {}
}
