package dev.bailey.daemon.docker;

import dev.bailey.api.container.PortBinding;
import dev.bailey.api.container.PortSummary;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.PortSources;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.TransportProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Published ports in Docker's words: one by one, by the container's port. Pure; O(ports). */
final class PortBindings {
    private static final Comparator<PortRequest> IN_ORDER = Comparator.comparing(PortRequest::protocol)
            .thenComparing(request -> request.hostAddress().orElse(Ipv4Address.ANY), IpAddress.ORDER)
            .thenComparing(request -> request.sources().toString())
            .thenComparingInt(request -> request.sandboxPorts().first());

    private PortBindings() {}

    /**
     * What a request asks to publish. Docker's client names each port of a range by itself; those that follow each other at
     * both ends become a range again, which costs no more than a port.
     *
     * @return each in the form of {@link PortRequest#parse}
     * @throws HttpFailure 400 naming what cannot be read
     */
    static List<String> requests(@Nullable Map<String, List<PortBinding>> bindings) {
        List<PortRequest> single = new ArrayList<>();
        Objects.requireNonNullElse(bindings, Map.<String, List<PortBinding>>of())
                .forEach((port, hosts) -> Objects.requireNonNullElse(hosts, List.<PortBinding>of())
                        .forEach(host -> single.add(request(port, host))));
        single.sort(IN_ORDER);
        List<PortRequest> joined = new ArrayList<>();
        for (PortRequest next : single) {
            Optional<PortRequest> both = joined.isEmpty() ? Optional.empty() : joined(joined.getLast(), next);
            both.ifPresent(_ -> joined.removeLast());
            joined.add(both.orElse(next));
        }
        return joined.stream().map(PortRequest::toString).toList();
    }

    private static PortRequest request(String port, PortBinding host) {
        String address = host.hostIp().indexOf(':') >= 0 ? "[" + host.hostIp() + "]" : host.hostIp();
        String before = address.isEmpty() ? host.hostPort() : address + ":" + host.hostPort();
        String from = Objects.requireNonNullElse(host.sources(), List.<String>of()).stream()
                .map(source -> ",from=" + source)
                .collect(Collectors.joining());
        try {
            return PortRequest.parse((before.isEmpty() ? port : before + ":" + port) + from);
        } catch (IllegalArgumentException bad) {
            throw HttpFailure.badRequest(String.valueOf(bad.getMessage()));
        }
    }

    private static Optional<PortRequest> joined(PortRequest one, PortRequest next) {
        boolean follows = one.protocol() == next.protocol()
                && one.hostAddress().equals(next.hostAddress())
                && one.sources().equals(next.sources())
                && follows(Optional.of(one.sandboxPorts()), Optional.of(next.sandboxPorts()))
                && follows(one.hostPorts(), next.hostPorts())
                && one.hostPorts().orElseThrow().size() == one.sandboxPorts().size()
                && next.hostPorts().orElseThrow().size() == next.sandboxPorts().size();
        return follows
                ? Optional.of(new PortRequest(
                        one.hostAddress(),
                        Optional.of(both(
                                one.hostPorts().orElseThrow(), next.hostPorts().orElseThrow())),
                        one.protocol(),
                        both(one.sandboxPorts(), next.sandboxPorts()),
                        one.sources()))
                : Optional.empty();
    }

    private static boolean follows(Optional<PortRange> one, Optional<PortRange> next) {
        return one.isPresent()
                && next.isPresent()
                && next.get().first() == one.get().last() + 1;
    }

    private static PortRange both(PortRange one, PortRange next) {
        return new PortRange(one.first(), next.last());
    }

    /** What a container asked to have published, one by one. */
    static Map<String, List<PortBinding>> asked(List<String> requests) {
        Map<String, List<PortBinding>> bindings = new TreeMap<>();
        for (String text : requests) {
            PortRequest request = PortRequest.parse(text);
            PortRange inside = request.sandboxPorts();
            String address = request.hostAddress().map(IpAddress::toString).orElse("");
            for (int port = inside.first(); port <= inside.last(); port++) {
                add(
                        bindings,
                        port,
                        request.protocol(),
                        new PortBinding(address, hostPort(request, port), sources(request.sources())));
            }
        }
        return bindings;
    }

    private static List<String> sources(PortSources sources) {
        return sources.subnets().stream().map(IpSubnet::toString).toList();
    }

    private static String hostPort(PortRequest request, int port) {
        return request.hostPorts()
                .map(ports -> ports.size() == request.sandboxPorts().size()
                        ? Integer.toString(
                                ports.first() + port - request.sandboxPorts().first())
                        : ports.toString())
                .orElse("");
    }

    /**
     * What is published, one by one; without a binding what is only exposed, and with one that names no port of the host, as
     * Docker has it, what is open at the container's own address.
     */
    static Map<String, List<PortBinding>> of(List<PublishedPort> published, Set<String> exposed) {
        Map<String, List<PortBinding>> bindings = new TreeMap<>();
        exposed.forEach(port -> bindings.put(port, new ArrayList<>()));
        for (PublishedPort port : published) {
            PortMapping mapping = port.mapping();
            hostPorts(mapping)
                    .forEach(hostPort -> add(
                            bindings,
                            mapping.sandboxPort(hostPort),
                            mapping.protocol(),
                            new PortBinding(
                                    mapping.hostAddress().toString(),
                                    mapping.routed() ? "" : Integer.toString(hostPort),
                                    sources(mapping.sources()))));
        }
        return bindings;
    }

    private static void add(
            Map<String, List<PortBinding>> bindings, int port, TransportProtocol protocol, PortBinding binding) {
        bindings.computeIfAbsent(port + "/" + protocol, _ -> new ArrayList<>()).add(binding);
    }

    private static IntStream hostPorts(PortMapping mapping) {
        return IntStream.rangeClosed(
                mapping.hostPorts().first(), mapping.hostPorts().last());
    }

    /** The same for a list of containers. */
    static List<PortSummary> summaries(List<PublishedPort> published, Set<String> exposed) {
        List<PortSummary> summaries = new ArrayList<>();
        of(published, exposed).forEach((port, bindings) -> {
            int slash = port.indexOf('/');
            int inside = Integer.parseInt(port.substring(0, slash));
            String protocol = port.substring(slash + 1);
            if (bindings.isEmpty()) {
                summaries.add(new PortSummary(null, inside, null, protocol));
            }
            bindings.stream()
                    .map(binding -> binding.hostPort().isEmpty()
                            ? new PortSummary(null, inside, null, protocol)
                            : new PortSummary(binding.hostIp(), inside, Integer.valueOf(binding.hostPort()), protocol))
                    .distinct()
                    .forEach(summaries::add);
        });
        return summaries;
    }
}
