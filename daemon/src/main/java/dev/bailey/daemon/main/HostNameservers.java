package dev.bailey.daemon.main;

import dev.bailey.engine.dns.ResolvConf;
import dev.bailey.engine.model.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The IPv4 name servers that the host asks: no subnet may cover them. */
final class HostNameservers {
    private HostNameservers() {}

    /** Reads the host's resolver file; where there is none, nothing is taken away from the pools. */
    static List<Ipv4Address> read() {
        return ResolvConf.ofHost(text(ResolvConf.HOST_FILE).orElse(""), text(ResolvConf.SYSTEMD_FILE))
                .nameservers()
                .stream()
                .filter(server -> server.indexOf(':') < 0)
                .map(Ipv4Address::parse)
                .toList();
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
