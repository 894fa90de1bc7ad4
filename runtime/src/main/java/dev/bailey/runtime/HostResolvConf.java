package dev.bailey.runtime;

import dev.bailey.engine.dns.DnsOverrides;
import dev.bailey.engine.dns.ResolvConf;
import dev.bailey.engine.dns.SandboxDns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resolver of containers: this host's, as it is at each start, with overrides. */
final class HostResolvConf {
    private static final Logger LOG = LoggerFactory.getLogger(HostResolvConf.class);

    private HostResolvConf() {}

    /** The text of a container's {@code /etc/resolv.conf}. */
    static String render(DnsSettings settings, boolean resolver) throws IOException {
        String host = read(ResolvConf.HOST_FILE).orElse("");
        DnsOverrides overrides = SpecValidation.check(settings);
        SandboxDns dns = resolver
                ? ResolvConf.parse(host).forResolver(overrides)
                : ResolvConf.ofHost(host, read(ResolvConf.SYSTEMD_FILE)).forSandbox(overrides, false);
        dns.warning().ifPresent(LOG::warn);
        return dns.text();
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
