package dev.bailey.engine;

import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.PortObstacle;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.model.TransportProtocol;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which ports of the host lead to a sandbox: those that were asked for, or free ones. For tasks of the writer.
 *
 * <p>Where any will do, the next one after the last that was chosen is taken, from {@code net.ipv4.ip_local_port_range} without
 * {@code net.ipv4.ip_local_reserved_ports}: the same requests lead to the same ports.
 */
final class PortChoice {
    private static final String LOCAL_RANGE = "net.ipv4.ip_local_port_range";
    private static final String RESERVED = "net.ipv4.ip_local_reserved_ports";
    private static final PortRange FALLBACK = new PortRange(49153, PortRange.MAX_PORT);
    /** Stands for an address that is not leased yet. */
    private static final Ipv4Address UNKNOWN = Ipv4Address.ANY;

    private final Kernel kernel;
    private final Map<TransportProtocol, Integer> lastChosen = new EnumMap<>(TransportProtocol.class);

    PortChoice(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Chooses; nothing is changed. O(the ports asked for), and where any will do O(those tried).
     *
     * <p>On a network of gateway mode routed the ports inside are open as they are, and it does not matter which one of the
     * host's was asked for with them: a request that is written for another network does as well.
     *
     * @param endpoint whose they will be
     * @param network its network
     * @throws EngineException CONFLICT naming the holder of a port, INVALID_ARGUMENT for an address that is not the host's or
     *     that is of no use, EXHAUSTED when no port is free
     */
    List<PortMapping> choose(EndpointId endpoint, List<PortRequest> requests, Network network, Snapshot model) {
        Attempt attempt = new Attempt(endpoint, network.options().hostBinding(), model);
        requests.forEach(request -> {
            if (network.options().isRouted()) {
                attempt.route(request, network);
            } else {
                attempt.choose(request);
            }
        });
        return attempt.chosen;
    }

    private final class Attempt {
        private final EndpointId endpoint;
        private final Ipv4Address hostAddress;
        private final Snapshot model;
        private final List<PortMapping> chosen = new ArrayList<>();
        private PublishedPorts taken;

        Attempt(EndpointId endpoint, Ipv4Address hostAddress, Snapshot model) {
            this.endpoint = endpoint;
            this.hostAddress = hostAddress;
            this.model = model;
            this.taken = model.ports();
        }

        void choose(PortRequest request) {
            Optional<PortRange> wanted = request.hostPorts();
            if (wanted.isEmpty()) {
                PortRange inside = request.sandboxPorts();
                IntStream.rangeClosed(inside.first(), inside.last())
                        .forEach(port -> take(freeOf(localRange(request.protocol()), request, port)));
            } else if (wanted.get().size() > request.sandboxPorts().size()) {
                take(freeOf(
                        new Candidates(wanted.get(), wanted.get().first(), List.of()),
                        request,
                        request.sandboxPorts().first()));
            } else {
                PortMapping mapping = mapping(request, wanted.get(), request.sandboxPorts());
                obstacle(mapping).ifPresent(obstacle -> {
                    throw obstacle;
                });
                take(mapping);
            }
        }

        /** An address of the host's is not passed over: who names 127.0.0.1 does not want the port open to the LAN. */
        void route(PortRequest request, Network network) {
            request.hostAddress()
                    .filter(address -> !address.equals(Ipv4Address.ANY))
                    .ifPresent(address -> {
                        throw new EngineException(
                                ErrorCode.INVALID_ARGUMENT,
                                "cannot publish " + request + ": network " + network.name()
                                        + " is routed, ports of its containers"
                                        + " are open at their own addresses and not at " + address + ": leave it out");
                    });
            PortMapping mapping = PortMapping.routed(request.protocol(), request.sandboxPorts(), request.sources());
            if (!chosen.contains(mapping)) {
                obstacle(mapping).ifPresent(obstacle -> {
                    throw obstacle;
                });
                take(mapping);
            }
        }

        private void take(PortMapping mapping) {
            chosen.add(mapping);
            taken = taken.with(new PublishedPort(endpoint, UNKNOWN, mapping));
        }

        private PortMapping freeOf(Candidates candidates, PortRequest request, int sandboxPort) {
            PortRange all = candidates.range();
            for (int i = 0; i < all.size(); i++) {
                int port = all.first() + (candidates.start() - all.first() + i) % all.size();
                PortMapping mapping = mapping(request, PortRange.of(port), PortRange.of(sandboxPort));
                boolean reserved = candidates.reserved().stream().anyMatch(range -> range.contains(port));
                if (!reserved && obstacle(mapping).isEmpty()) {
                    if (request.hostPorts().isEmpty()) {
                        lastChosen.put(request.protocol(), port);
                    }
                    return mapping;
                }
            }
            throw new EngineException(
                    ErrorCode.EXHAUSTED,
                    "no port from " + all.first() + " to " + all.last() + " of the host is free for port " + sandboxPort
                            + "/" + request.protocol() + " of the container");
        }

        private Candidates localRange(TransportProtocol protocol) {
            PortRange range = kernel.readSetting(LOCAL_RANGE)
                    .map(text -> PortRange.parse(text.strip().replaceAll("\\s+", "-")))
                    .orElse(FALLBACK);
            int next = lastChosen.getOrDefault(protocol, range.last()) + 1;
            return new Candidates(
                    range,
                    range.contains(next) ? next : range.first(),
                    ranges(kernel.readSetting(RESERVED).orElse("")));
        }

        private Optional<EngineException> obstacle(PortMapping mapping) {
            Optional<EngineException> held =
                    taken.conflict(endpoint, mapping).map(holder -> allocated(mapping, holder(holder)));
            return held.isPresent() || mapping.routed()
                    ? held
                    : kernel.portObstacle(mapping.protocol(), mapping.hostAddress(), mapping.hostPorts())
                            .map(obstacle -> refusal(mapping, obstacle));
        }

        private PortMapping mapping(PortRequest request, PortRange hostPorts, PortRange sandboxPorts) {
            return new PortMapping(
                    request.hostAddress().orElse(hostAddress),
                    hostPorts,
                    request.protocol(),
                    sandboxPorts,
                    request.sources());
        }

        private String holder(PublishedPort port) {
            String owner = port.endpoint().equals(endpoint)
                    ? "this request has it twice"
                    : model.endpoint(port.endpoint())
                                    .flatMap(holder -> model.sandbox(holder.sandbox()))
                                    .map(Sandbox::name)
                                    .map(name -> "container " + name)
                                    .orElse("an endpoint")
                            + " has it";
            return owner + " (" + port.mapping().hostEnd() + ")";
        }
    }

    /** Ports to try, from the start on and around. */
    private record Candidates(PortRange range, int start, List<PortRange> reserved) {}

    private static List<PortRange> ranges(String text) {
        return text.isBlank()
                ? List.of()
                : List.of(text.strip().split(",")).stream()
                        .map(PortRange::parse)
                        .toList();
    }

    private static EngineException refusal(PortMapping wanted, PortObstacle obstacle) {
        return switch (obstacle.kind()) {
            case TAKEN ->
                allocated(wanted, obstacle.holder() + " has port " + obstacle.port() + "/" + wanted.protocol());
            case NO_SUCH_ADDRESS ->
                new EngineException(
                        ErrorCode.INVALID_ARGUMENT,
                        "cannot publish " + wanted.hostEnd() + ": " + wanted.hostAddress()
                                + " is no address of this host, ip address lists those there are");
        };
    }

    private static EngineException allocated(PortMapping wanted, String holder) {
        return new EngineException(
                ErrorCode.CONFLICT,
                "cannot publish " + wanted.hostEnd() + ": port is already allocated, " + holder
                        + "; choose another port or address");
    }
}
