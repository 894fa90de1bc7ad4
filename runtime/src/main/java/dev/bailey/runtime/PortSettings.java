package dev.bailey.runtime;

import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.TransportProtocol;
import io.avaje.jsonb.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which ports of a container are open to others.
 *
 * @param published ports of the host that lead to it, each in the form of {@link PortRequest#parse}
 * @param exposed ports that it serves, each as {@code port[-port][/protocol]}; published only when all are
 * @param publishAll whether the exposed ones without a port of the host get a free one
 */
@Json
public record PortSettings(List<String> published, List<String> exposed, boolean publishAll) {
    /** None. */
    public static final PortSettings NONE = new PortSettings(List.of(), List.of(), false);

    /** Copies the lists. */
    public PortSettings {
        published = List.copyOf(published);
        exposed = List.copyOf(exposed);
    }

    /** The same with ports that the image says it serves. */
    PortSettings withExposed(List<String> ofImage) {
        Set<String> all = new LinkedHashSet<>(ofImage);
        all.addAll(exposed);
        return new PortSettings(published, List.copyOf(all), publishAll);
    }

    /**
     * What is to be published when the container starts.
     *
     * @throws IllegalArgumentException naming what cannot be read
     */
    public List<PortRequest> requests() {
        List<PortRequest> requests = new ArrayList<>();
        published.forEach(text -> requests.add(PortRequest.parse(text)));
        Set<String> bound = new LinkedHashSet<>();
        requests.forEach(request -> each(request.sandboxPorts(), request.protocol(), bound));
        if (publishAll) {
            Set<String> wanted = exposedPorts();
            wanted.removeAll(bound);
            wanted.forEach(text -> requests.add(PortRequest.parse(text)));
        }
        return requests;
    }

    /** The exposed ports one by one, each as {@code 80/tcp}. */
    public Set<String> exposedPorts() {
        Set<String> ports = new LinkedHashSet<>();
        for (String text : exposed) {
            PortRequest request = PortRequest.parse(text);
            each(request.sandboxPorts(), request.protocol(), ports);
        }
        return ports;
    }

    private static void each(PortRange range, TransportProtocol protocol, Set<String> into) {
        for (int port = range.first(); port <= range.last(); port++) {
            into.add(port + "/" + protocol);
        }
    }
}
