package dev.bailey.runtime.conmon;

import java.nio.file.Path;

/**
 * The files of one conmon.
 *
 * @param bundle the folder of this boot: the OCI bundle, and conmon's socket and pipes
 * @param persist the folder that outlives the boot: conmon's second copy of the exit code
 */
public record MonitorFiles(Path bundle, Path persist) {
    /** The socket that clients attach to; SOCK_SEQPACKET. */
    public Path attachSocket() {
        return bundle.resolve("attach");
    }

    /** The pipe that takes terminal sizes. */
    public Path control() {
        return bundle.resolve("ctl");
    }

    /** The pid of the watched process. */
    public Path containerPid() {
        return bundle.resolve("pidfile");
    }

    /** The pid of conmon. */
    public Path monitorPid() {
        return bundle.resolve("conmon.pid");
    }

    /** The pipe that conmon reports through to whoever started it. */
    public Path reports() {
        return bundle.resolve("reports");
    }

    /** The pipe that lets an exec's conmon take its next step. */
    public Path steps() {
        return bundle.resolve("steps");
    }

    /** What conmon says before it has become a daemon. */
    public Path errors() {
        return bundle.resolve("conmon.err");
    }

    /** The exit code once more, next to the container's durable state. */
    public Path persistedExit() {
        return persist.resolve("exit");
    }

    /** Exists when the kernel ended the container for want of memory. */
    public Path outOfMemory() {
        return persist.resolve("oom");
    }
}
