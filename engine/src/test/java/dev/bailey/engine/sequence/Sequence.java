package dev.bailey.engine.sequence;

import dev.bailey.engine.AttachRequest;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.ErrorCode;
import dev.bailey.engine.Ipv6Request;
import dev.bailey.engine.NetworkRequest;
import dev.bailey.engine.SandboxTarget;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.lab.LabHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Random requests from one seed, with a look at the host after each; at the end everything is taken back. */
final class Sequence {
    /** The ports of the host that are published. */
    static final List<Integer> HOST_PORTS = List.of(8080, 8081, 8082);

    private static final Egress ALLOWED = Egress.parse(Stream.of(IpFamily.values())
            .map(family -> IpAddress.parse(SequenceHost.outside(family)))
            .map(outside -> "allow=" + outside.beforePort() + ":" + SequenceHost.ASKED.getFirst())
            .toList());

    private static final int MAX_REQUESTS = 12;
    private static final List<String> ADDRESSES = List.of("", "", "198.51.100.2:", "[2001:db8:1::2]:", "127.0.0.1:");

    /** What a request may be answered with; anything else is a fault. */
    private static final Set<ErrorCode> REFUSALS =
            EnumSet.of(ErrorCode.INVALID_ARGUMENT, ErrorCode.NOT_FOUND, ErrorCode.CONFLICT, ErrorCode.EXHAUSTED);

    private final SequenceHost on;
    private final HostCheck check;
    private final Random chance;
    private final List<String> history = new ArrayList<>();

    Sequence(SequenceHost on, long seed) {
        this.on = on;
        this.check = new HostCheck(on);
        this.chance = new Random(seed);
    }

    /**
     * Plays it.
     *
     * @throws AssertionError with all that was asked for when an invariant is broken
     */
    void play() {
        try {
            for (int left = 1 + chance.nextInt(MAX_REQUESTS); left > 0; left--) {
                ask();
                check.all();
            }
            takeBack();
            check.all();
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError(String.join("\n", history) + "\n" + broken.getMessage(), broken);
        }
    }

    private void ask() {
        switch (chance.nextInt(12)) {
            case 0, 1, 2, 3 -> attach();
            case 4, 5 -> detach();
            case 6, 7 -> createNetwork();
            case 8 -> removeNetwork();
            case 9 -> publish();
            case 10 -> unpublish();
            default -> restart();
        }
    }

    private interface Request {
        Object carryOut();
    }

    private void request(String what, Request request) {
        history.add(what);
        try {
            history.add("    " + request.carryOut());
        } catch (EngineException refusal) {
            history.add("    refused, " + refusal.code() + ": " + refusal.getMessage());
            if (!REFUSALS.contains(refusal.code())) {
                throw refusal;
            }
        }
    }

    private void attach() {
        LabHost box = any(on.boxes).orElseThrow();
        String network = any(model().networks()).map(Network::name).orElse(Network.DEFAULT_NAME);
        List<PortRequest> ports = chance.nextBoolean() ? List.of(port()) : List.of();
        Egress egress = chance.nextInt(4) == 0 ? ALLOWED : Egress.NONE;
        AttachRequest wanted = new AttachRequest(
                        new SandboxTarget.Foreign(box.path(), box.name()),
                        network,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        chance.nextInt(3) - 1,
                        List.of())
                .withPorts(ports)
                .withEgress(egress);
        request(
                "attach " + box + " to " + network + " " + wanted.gatewayPriority() + " " + ports + " "
                        + egress.allowed(),
                () -> on.engine().attach(wanted).addressText());
    }

    private PortRequest port() {
        return PortRequest.parse(any(ADDRESSES).orElseThrow() + any(HOST_PORTS).orElseThrow() + ":"
                + any(SequenceHost.SERVED).orElseThrow());
    }

    private void detach() {
        any(model().endpoints())
                .ifPresent(endpoint -> request("detach " + endpoint.addressText(), () -> {
                    on.engine().detach(endpoint.id());
                    return "done";
                }));
    }

    private void createNetwork() {
        NetworkRequest plain = NetworkRequest.of("n" + chance.nextInt(3))
                .with(new NetworkOptions(chance.nextBoolean(), chance.nextBoolean(), chance.nextInt(4) == 0));
        NetworkRequest wanted = switch (chance.nextInt(3)) {
            case 0 -> plain.with(Ipv6Request.ANY);
            case 1 -> plain.with(Ipv6Request.ANY).withoutIpv4();
            default -> plain;
        };
        request(
                "create network " + wanted.name() + " " + wanted.ipv4().isPresent()
                        + wanted.ipv6().isPresent() + " " + wanted.options(),
                () -> on.engine().createNetwork(wanted).addressText());
    }

    private void removeNetwork() {
        any(model().networks())
                .ifPresent(network -> request("remove network " + network.name(), () -> {
                    on.engine().removeNetwork(network.id());
                    return "done";
                }));
    }

    private void publish() {
        List<PortRequest> ports = List.of(port());
        boolean ofSandbox = chance.nextBoolean();
        any(model().endpoints())
                .ifPresent(endpoint -> request(
                        "publish " + ports + " of " + (ofSandbox ? "the sandbox of " : "") + endpoint.addressText(),
                        () -> ofSandbox
                                ? on.engine().publish(endpoint.sandbox(), ports)
                                : on.engine().publish(endpoint.id(), ports)));
    }

    private void unpublish() {
        any(List.copyOf(model().ports().all())).ifPresent(port -> unpublish(port));
    }

    private void unpublish(PublishedPort port) {
        List<PortMapping> gone = List.of(port.mapping());
        request("unpublish " + gone, () -> {
            on.engine().unpublish(port.endpoint(), gone);
            return "done";
        });
    }

    private void restart() {
        history.add("restart");
        Snapshot before = model();
        on.restart();
        if (!Set.copyOf(before.endpoints()).equals(Set.copyOf(model().endpoints()))) {
            throw new AssertionError(
                    "a restart changed the endpoints: " + before.endpoints() + " became " + model().endpoints());
        }
    }

    private void takeBack() {
        history.add("take everything back");
        for (Endpoint endpoint : List.copyOf(model().endpoints())) {
            on.engine().detach(endpoint.id());
        }
        for (Network network : List.copyOf(model().networks())) {
            if (!network.isDefault()) {
                on.engine().removeNetwork(network.id());
            }
        }
    }

    private Snapshot model() {
        return on.engine().snapshot();
    }

    private <T> Optional<T> any(Collection<T> of) {
        return of.stream().skip(of.isEmpty() ? 0 : chance.nextInt(of.size())).findFirst();
    }
}
