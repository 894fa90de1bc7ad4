package dev.bailey.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this host says of itself in files. */
final class HostFiles {
    private static final Logger LOG = LoggerFactory.getLogger(HostFiles.class);
    private static final Path HOSTS = Path.of("/etc/hosts");
    /** Documentation/admin-guide/sysctl/kernel.rst: the name in the UTS namespace of whoever reads. */
    private static final Path HOSTNAME = Path.of("/proc/sys/kernel/hostname");

    private HostFiles() {}

    /** The text of {@code /etc/hosts}; empty where there is none. */
    static Optional<String> hosts() throws IOException {
        return read(HOSTS);
    }

    /** The host's name; empty when it cannot be a container's. */
    static Optional<String> hostname() {
        try {
            return read(HOSTNAME).map(String::strip).filter(SpecValidation::isHostname);
        } catch (IOException unreadable) {
            LOG.warn("cannot read {}: {}", HOSTNAME, unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** The text of a file; empty where there is none. */
    static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
