package dev.bailey.runtime.state;

import dev.bailey.runtime.ContainerId;
import dev.bailey.runtime.conmon.MonitorFiles;
import java.nio.file.Path;

/**
 * Where the files of one container are.
 *
 * @param durable the folder that outlives a reboot
 * @param bundle the folder of this boot, there while the container runs
 * @param scratch where what it writes is kept in memory, on hosts where its own folder cannot serve
 * @param exit the file that conmon leaves with the exit code
 */
public record ContainerFolders(Path durable, Path bundle, Path scratch, Path exit) {
    /**
     * The folders of a container.
     *
     * @param dataRoot durable state
     * @param execRoot state of this boot; its names are short, because a socket's path is
     */
    public static ContainerFolders of(Path dataRoot, Path execRoot, ContainerId id) {
        return new ContainerFolders(
                dataRoot.resolve("containers").resolve(id.value()),
                execRoot.resolve("containers").resolve(id.shortForm()),
                execRoot.resolve("scratch").resolve(id.shortForm()),
                exits(execRoot).resolve(id.value()));
    }

    /** The folder with every container's exit code. */
    public static Path exits(Path execRoot) {
        return execRoot.resolve("exits");
    }

    /** The state file. */
    public Path state() {
        return durable.resolve("state.json");
    }

    /** What the container wrote into its root. */
    public Path upper() {
        return durable.resolve("upper");
    }

    /** The working folder of the overlay. */
    public Path work() {
        return durable.resolve("work");
    }

    /** The log of its output. */
    public Path log() {
        return durable.resolve("output.log");
    }

    /** Seen inside as {@code /etc/resolv.conf}. */
    public Path resolvConf() {
        return durable.resolve("resolv.conf");
    }

    /** Seen inside as {@code /etc/hosts}. */
    public Path hosts() {
        return durable.resolve("hosts");
    }

    /** Seen inside as {@code /etc/hostname}. */
    public Path hostname() {
        return durable.resolve("hostname");
    }

    /** Where its root is mounted. */
    public Path root() {
        return bundle.resolve("rootfs");
    }

    /** The OCI configuration. */
    public Path config() {
        return bundle.resolve("config.json");
    }

    /** The execs of it that run. */
    public Path execs() {
        return bundle.resolve("exec");
    }

    /** The files of the conmon that watches its first process. */
    public MonitorFiles monitor() {
        return new MonitorFiles(bundle, durable.resolve("monitor"));
    }
}
