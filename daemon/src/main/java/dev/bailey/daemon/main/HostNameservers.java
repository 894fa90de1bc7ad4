package dev.bailey.daemon.main;

import dev.bailey.engine.model.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The IPv4 name servers that the host asks: no subnet may cover them. */
final class HostNameservers {
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private static final Pattern SERVER = Pattern.compile("nameserver\\s+([0-9.]+)");

    private HostNameservers() {}

    /** Reads resolv.conf(5); what is no IPv4 address, or cannot be read, takes nothing away from the pools. */
    static List<Ipv4Address> read() {
        List<Ipv4Address> servers = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(RESOLV_CONF)) {
                Matcher server = SERVER.matcher(line);
                if (server.lookingAt()) {
                    servers.add(Ipv4Address.parse(server.group(1)));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return servers;
        }
        return servers;
    }
}
