package dev.bailey.bench.contender;

import dev.bailey.bench.site.PeerRoot;
import dev.bailey.bench.site.PeerShell;
import dev.bailey.bench.site.Place;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The reference plugins of CNI, run as a container runtime runs them: bridge with host-local, portmap, firewall, each with
 * the result of the one before; backwards for a detach.
 */
public final class Cni extends ProgramContender {
    private static final String FOLDER = "/usr/lib/cni";
    private static final String PORT = "{\"hostPort\": %d, \"containerPort\": %d, \"protocol\": \"tcp\"}";

    private final List<Plugin> chain;
    private final Map<Integer, String> results = new ConcurrentHashMap<>();

    private record Plugin(String program, String fields) {
        /** A runtime tells the ports to who says that it can map some. */
        Plugin with(int slot, boolean publishing) {
            return publishing && fields.contains("portMappings")
                    ? new Plugin(
                            program,
                            fields + ", \"runtimeConfig\": {\"portMappings\": [" + PortBlock.json(slot, PORT) + "]}")
                    : this;
        }
    }

    /**
     * Makes a host for the plugins.
     *
     * @param largestPopulation how many endpoints they are filled up to at most
     */
    public Cni(String version, int largestPopulation, PeerRoot root, Place place) throws IOException {
        super("CNI " + version, largestPopulation, root, place, "cni");
        String bridge = """
                "bridge": "cni0", "isGateway": true, "ipMasq": true, "hairpinMode": true,
                "ipam": {"type": "host-local", "dataDir": "%s",
                         "ranges": [[{"subnet": "10.88.0.0/16", "gateway": "10.88.0.1"}]],
                         "routes": [{"dst": "0.0.0.0/0"}]}""".formatted(folder().resolve("ipam"));
        chain = List.of(
                new Plugin("bridge", bridge),
                new Plugin("portmap", "\"capabilities\": {\"portMappings\": true}"),
                new Plugin("firewall", "\"backend\": \"iptables\""));
    }

    @Override
    void attach(PeerShell shell, int slot, boolean publishing) throws IOException {
        String result = "";
        for (Plugin plugin : chain) {
            run(shell, "ADD", plugin.with(slot, publishing), slot, result);
            result = shell.output();
        }
        results.put(slot, result);
    }

    @Override
    void detach(PeerShell shell, int slot, boolean publishing) throws IOException {
        String result = results.getOrDefault(slot, "");
        for (Plugin plugin : chain.reversed()) {
            run(shell, "DEL", plugin.with(slot, publishing), slot, result);
        }
        results.remove(slot);
    }

    private void run(PeerShell shell, String verb, Plugin plugin, int slot, String previous) throws IOException {
        String configuration = "{\"cniVersion\": \"1.0.0\", \"name\": \"bench\", \"type\": \"" + plugin.program()
                + "\", " + plugin.fields() + (previous.isBlank() ? "" : ", \"prevResult\": " + previous) + "}";
        String environment = "CNI_COMMAND=%s CNI_CONTAINERID=bench%d CNI_NETNS=%s CNI_IFNAME=eth0 CNI_PATH=%s"
                .formatted(verb, slot, sandbox(slot), FOLDER);
        shell.run(environment + " " + FOLDER + "/" + plugin.program(), configuration);
    }
}
