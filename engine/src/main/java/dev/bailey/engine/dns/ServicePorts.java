package dev.bailey.engine.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The ports of well-known services, as services(5) has them.
 *
 * @param byService the port by the service's name and its protocol, such as {@code http/tcp}
 */
public record ServicePorts(Map<String, Integer> byService) {
    /** The host's own file; a small system may have none. */
    public static final Path HOST_FILE = Path.of("/etc/services");

    private static final int MAX_PORT = 65535;

    /** Copies the map. */
    public ServicePorts {
        byService = Map.copyOf(byService);
    }

    /** Those of the host's file, read once; without one, services are asked for by their ports' numbers alone. */
    public static ServicePorts ofHost() {
        return OfHost.PORTS;
    }

    /** Read when first asked for. */
    private static final class OfHost {
        private static final ServicePorts PORTS = read();

        private static ServicePorts read() {
            try {
                return parse(Files.readString(HOST_FILE));
            } catch (IOException none) {
                return new ServicePorts(Map.of());
            }
        }
    }

    /** Reads the text of a file; what it cannot read it passes over. */
    public static ServicePorts parse(String text) {
        Map<String, Integer> ports = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split("#", 2)[0].strip().split("\\s+");
            int slash = words.length < 2 ? -1 : words[1].indexOf('/');
            if (slash > 0) {
                int port = number(words[1].substring(0, slash));
                String protocol = words[1].substring(slash);
                for (int i = 0; i < words.length && port > 0; i++) {
                    if (i != 1) {
                        ports.putIfAbsent(words[i] + protocol, port);
                    }
                }
            }
        }
        return new ServicePorts(ports);
    }

    /**
     * The port of a service.
     *
     * @param service its name, or its port as a number
     * @param protocol such as {@code tcp}
     * @return 1 to 65535, or 0 when nobody knows it
     */
    int port(String service, String protocol) {
        int number = number(service);
        return number > 0 ? number : byService.getOrDefault(service + "/" + protocol, 0);
    }

    private static int number(String text) {
        boolean digits = text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits && !text.isEmpty() ? Integer.parseInt(text) : 0;
        return number <= MAX_PORT ? number : 0;
    }
}
