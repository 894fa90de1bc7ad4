package dev.bailey.bench.contender;

import dev.bailey.bench.site.PeerRoot;
import dev.bailey.bench.site.PeerShell;
import dev.bailey.bench.site.Place;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Podman's netavark: {@code setup} and {@code teardown} on one bridge network, without its name server.
 *
 * <p>Addresses are given to it, as Podman does; so its figures have no address management in them.
 */
public final class Netavark extends ProgramContender {
    private static final String NETWORK = "bench";

    private static final String PORT =
            "{\"container_port\": %d, \"host_port\": %d, \"host_ip\": \"\", \"protocol\": \"tcp\", \"range\": 1}";

    private final String program;

    /**
     * Makes a host for it.
     *
     * @param program where it is, as seen in {@code root}
     * @param largestPopulation how many endpoints it is filled up to at most
     */
    public Netavark(String version, String program, int largestPopulation, PeerRoot root, Place place)
            throws IOException {
        super("netavark " + version, largestPopulation, root, place, "netavark");
        this.program = program;
        Files.createDirectories(folder().resolve("config"));
    }

    @Override
    void attach(PeerShell shell, int slot, boolean publishing) throws IOException {
        shell.run(line("setup", slot), options(slot, publishing));
    }

    @Override
    void detach(PeerShell shell, int slot, boolean publishing) throws IOException {
        shell.run(line("teardown", slot), options(slot, publishing));
    }

    private String line(String verb, int slot) {
        return program + " --config " + folder().resolve("config") + " " + verb + " " + sandbox(slot);
    }

    private static String options(int slot, boolean publishing) {
        int host = slot + 2;
        String ports = publishing ? PortBlock.json(slot, PORT) : "";
        return """
                {"container_id": "%064x", "container_name": "bench%d", "port_mappings": [%s],
                 "networks": {"%s": {"interface_name": "eth0", "static_ips": ["10.88.%d.%d"]}},
                 "network_info": {"%s": {
                   "name": "%s", "id": "%064x", "driver": "bridge", "network_interface": "bench0",
                   "subnets": [{"subnet": "10.88.0.0/16", "gateway": "10.88.0.1"}],
                   "ipv6_enabled": false, "internal": false, "dns_enabled": false,
                   "ipam_options": {"driver": "host-local"}}}}
                """.formatted(slot + 1, slot, ports, NETWORK, host >> 8, host & 0xff, NETWORK, NETWORK, 1);
    }
}
