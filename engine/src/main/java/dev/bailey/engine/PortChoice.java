package dev.bailey.engine;

import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.PortObstacle;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.PortSources;
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
import java.util.stream.Stream;

/**
 * Which ports of the host lead to a sandbox: those that were asked for, or free ones. For tasks of the writer.
 *
 * <p>Where any will do, the next one after the last that was chosen is taken, from {@code net.ipv4.ip_local_port_range} without
 * {@code net.ipv4.ip_local_reserved_ports}: the same requests lead to the same ports. A request without an address is one for
 * both families where the network has both, with the same port of the host, which has to be free in both.
 */
final class PortChoice {
    private static final String LOCAL_RANGE = "net.ipv4.ip_local_port_range";
    private static final String RESERVED = "net.ipv4.ip_local_reserved_ports";
    private static final PortRange FALLBACK = new PortRange(49153, PortRange.MAX_PORT);
    private final Kernel kernel;
    private final Map<TransportProtocol, Integer> lastChosen = new EnumMap<>(TransportProtocol.class);

    PortChoice(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Chooses; nothing is changed. O(the ports asked for), and where any will do O(those tried).
     *
     * <p>Where the gateway mode is routed the ports inside are open as they are, and it does not matter which one of the
     * host's was asked for with them: a request that is written for another network does as well.
     *
     * @param endpoint whose they will be
     * @param network its network
     * @throws EngineException CONFLICT naming the holder of a port, INVALID_ARGUMENT for an address that is not the host's or
     *     that is of no use, EXHAUSTED when no port is free
     */
    List<PortMapping> choose(EndpointId endpoint, List<PortRequest> requests, Network network, Snapshot model) {
        Attempt attempt = new Attempt(endpoint, network, model);
        requests.forEach(attempt::choose);
        return attempt.chosen;
    }

    private final class Attempt {
        private final EndpointId endpoint;
        private final Network network;
        private final Snapshot model;
        private final List<PortMapping> chosen = new ArrayList<>();
        private PublishedPorts taken;

        Attempt(EndpointId endpoint, Network network, Snapshot model) {
            this.endpoint = endpoint;
            this.network = network;
            this.model = model;
            this.taken = model.ports();
        }

        void choose(PortRequest request) {
            List<End> ends = ends(request, network, hasIpv6());
            ends.stream().filter(End::routed).forEach(end -> route(request, end));
            List<End> ofHost = ends.stream().filter(end -> !end.routed()).toList();
            if (!ofHost.isEmpty()) {
                choose(request, ofHost);
            }
        }

        /** An endpoint is as old as it is: its network may have IPv6 since a later start. */
        private boolean hasIpv6() {
            return network.ipv6().isPresent()
                    && model.endpoint(endpoint)
                            .map(known -> known.ipv6().isPresent())
                            .orElse(true);
        }

        private void choose(PortRequest request, List<End> ends) {
            Optional<PortRange> wanted = request.hostPorts();
            if (wanted.isEmpty()) {
                PortRange inside = request.sandboxPorts();
                IntStream.rangeClosed(inside.first(), inside.last())
                        .forEach(port -> take(freeOf(localRange(request.protocol()), request, ends, port)));
            } else if (wanted.get().size() > request.sandboxPorts().size()) {
                take(freeOf(
                        new Candidates(wanted.get(), wanted.get().first(), List.of()),
                        request,
                        ends,
                        request.sandboxPorts().first()));
            } else {
                List<PortMapping> mappings = mappings(request, ends, wanted.get(), request.sandboxPorts());
                mappings.forEach(this::refuseObstacle);
                take(mappings);
            }
        }

        private void refuseObstacle(PortMapping mapping) {
            obstacle(mapping).ifPresent(obstacle -> {
                throw obstacle;
            });
        }

        /** An address of the host's is not passed over: who names 127.0.0.1 does not want the port open to the LAN. */
        private void route(PortRequest request, End end) {
            request.hostAddress().filter(address -> !address.isAny()).ifPresent(address -> {
                throw new EngineException(
                        ErrorCode.INVALID_ARGUMENT,
                        "cannot publish " + request + ": network " + network.name()
                                + " is routed, ports of its containers"
                                + " are open at their own addresses and not at " + address + ": leave it out");
            });
            PortMapping mapping = PortMapping.routed(
                    end.address().family(), request.protocol(), request.sandboxPorts(), end.sources());
            if (!chosen.contains(mapping)) {
                refuseObstacle(mapping);
                take(List.of(mapping));
            }
        }

        /** The endpoint's address may not be leased yet, so that of all stands for it. */
        private void take(List<PortMapping> mappings) {
            for (PortMapping mapping : mappings) {
                chosen.add(mapping);
                taken = taken.with(new PublishedPort(endpoint, mapping.family().any(), mapping));
            }
        }

        private List<PortMapping> freeOf(Candidates candidates, PortRequest request, List<End> ends, int sandboxPort) {
            PortRange all = candidates.range();
            for (int i = 0; i < all.size(); i++) {
                int port = all.first() + (candidates.start() - all.first() + i) % all.size();
                List<PortMapping> mappings = mappings(request, ends, PortRange.of(port), PortRange.of(sandboxPort));
                boolean reserved = candidates.reserved().stream().anyMatch(range -> range.contains(port));
                if (!reserved
                        && mappings.stream()
                                .allMatch(mapping -> obstacle(mapping).isEmpty())) {
                    if (request.hostPorts().isEmpty()) {
                        lastChosen.put(request.protocol(), port);
                    }
                    return mappings;
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

        private List<PortMapping> mappings(
                PortRequest request, List<End> ends, PortRange hostPorts, PortRange sandboxPorts) {
            return ends.stream()
                    .map(end ->
                            new PortMapping(end.address(), hostPorts, request.protocol(), sandboxPorts, end.sources()))
                    .toList();
        }

        private String holder(PublishedPort port) {
            String owner = port.endpoint().equals(endpoint)
                    ? model.ports().of(endpoint).contains(port) ? "it has it already" : "this request has it twice"
                    : model.endpoint(port.endpoint())
                                    .flatMap(holder -> model.sandbox(holder.sandbox()))
                                    .map(Sandbox::name)
                                    .map(name -> "container " + name)
                                    .orElse("an endpoint")
                            + " has it";
            return owner + " (" + port.mapping().hostEnd() + ")";
        }
    }

    /**
     * Where a request is heard in one family.
     *
     * @param address the host's address; of no matter where routed
     */
    private record End(IpAddress address, boolean routed, PortSources sources) {}

    private static List<End> ends(PortRequest request, Network network, boolean ipv6) {
        List<End> ends = hostAddresses(request, network, ipv6)
                .flatMap(address -> request
                        .sources()
                        .within(address.family())
                        .map(sources -> new End(address, isRouted(network, address.family()), sources))
                        .stream())
                .toList();
        if (ends.isEmpty()) {
            throw refusal(
                    request,
                    "none of the senders" + request.sources() + " is of a family that it is published in on network "
                            + network.name());
        }
        return ends;
    }

    /** Who has the ports bound to one address of IPv4 does not want them open on all those of IPv6. */
    private static Stream<IpAddress> hostAddresses(PortRequest request, Network network, boolean ipv6) {
        IpAddress usual = network.options().hostBinding();
        Optional<IpAddress> chosen =
                request.hostAddress().or(() -> Optional.of(usual).filter(of -> of.family() == IpFamily.IPV6));
        if (chosen.isPresent()) {
            IpAddress named = chosen.get();
            if (named.family() == IpFamily.IPV4 && network.ipv4().isEmpty()) {
                throw refusal(
                        request,
                        "network " + network.name()
                                + " has no IPv4, name an IPv6 address of this host or leave it out");
            }
            if (named.family() == IpFamily.IPV6 && !ipv6) {
                String lacking = network.ipv6().isPresent() ? "this endpoint of network " : "network ";
                throw refusal(
                        request,
                        lacking + network.name() + " has no IPv6, name an IPv4 address of this host or leave it out");
            }
            return Stream.of(named);
        }
        if (network.ipv4().isEmpty()) {
            return Stream.of(IpFamily.IPV6.any());
        }
        return ipv6 && usual.isAny() ? Stream.of(usual, IpFamily.IPV6.any()) : Stream.of(usual);
    }

    private static boolean isRouted(Network network, IpFamily family) {
        return switch (family) {
            case IPV4 -> network.options().isRouted();
            case IPV6 -> network.ipv6().filter(NetworkIpv6::isRouted).isPresent();
        };
    }

    private static EngineException refusal(PortRequest request, String reason) {
        return new EngineException(ErrorCode.INVALID_ARGUMENT, "cannot publish " + request + ": " + reason);
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
