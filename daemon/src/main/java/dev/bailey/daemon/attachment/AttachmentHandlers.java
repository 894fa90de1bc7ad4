package dev.bailey.daemon.attachment;

import dev.bailey.api.attachment.AttachRequest;
import dev.bailey.api.attachment.AttachedEndpoint;
import dev.bailey.api.attachment.DaemonStatus;
import dev.bailey.api.attachment.DetachRequest;
import dev.bailey.api.attachment.PortsRequest;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Route;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The routes under {@code /bailey/}.
 *
 * <p>Attaching and detaching cost what the engine costs and one look-up each; nothing is listed.
 */
public final class AttachmentHandlers {
    private static final int NO_CONTENT = 204;
    private static final String DEFAULT_INTERFACE = "eth0";

    private final Attachments attachments;
    private final DaemonStatus status;
    private final PortChanges ports;

    /**
     * Handlers of one daemon.
     *
     * @param status what the daemon says about itself
     */
    public AttachmentHandlers(Attachments attachments, DaemonStatus status) {
        this.attachments = attachments;
        this.status = status;
        this.ports = new PortChanges(attachments);
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(
                Route.post("/bailey/attach", this::attach),
                Route.post("/bailey/detach", this::detach),
                Route.post(
                        "/bailey/ports/add",
                        exchange -> exchange.json(200, ports.add(exchange.body(PortsRequest.class)))),
                Route.post(
                        "/bailey/ports/rm",
                        exchange -> exchange.json(200, ports.remove(exchange.body(PortsRequest.class)))),
                Route.get("/bailey/endpoints", this::list),
                Route.get("/bailey/ping", exchange -> exchange.json(200, status)));
    }

    private void attach(Exchange exchange) throws IOException {
        AttachRequest request = exchange.body(AttachRequest.class);
        Endpoint endpoint = attachments.attach(
                path("netns", request.netns()),
                orElse(request.name(), ""),
                orElse(request.network(), Network.DEFAULT_NAME),
                address("ip", request.ip(), Ipv4Address::parse),
                argument("interface", orElse(request.interfaceName(), DEFAULT_INTERFACE), InterfaceName::new),
                PortChanges.requests(Objects.requireNonNullElse(request.ports(), List.of())),
                address("ip6", request.ip6(), Ipv6Address::parse),
                new RateLimits(rate("rateIn", request.rateIn()), rate("rateOut", request.rateOut())),
                egress(request.egress()));
        exchange.json(200, view(endpoint, attachments.snapshot()));
    }

    private static Egress egress(@Nullable List<String> words) {
        try {
            return Egress.parse(Objects.requireNonNullElse(words, List.of()));
        } catch (IllegalArgumentException bad) {
            throw HttpFailure.badRequest("egress: " + bad.getMessage());
        }
    }

    private static Optional<BitRate> rate(String field, @Nullable String text) {
        return text == null || text.isEmpty() ? Optional.empty() : Optional.of(argument(field, text, BitRate::parse));
    }

    private static <A extends IpAddress> Optional<A> address(
            String field, @Nullable String text, Function<String, A> reader) {
        return text == null || text.isEmpty() ? Optional.empty() : Optional.of(argument(field, text, reader));
    }

    private void detach(Exchange exchange) throws IOException {
        DetachRequest request = exchange.body(DetachRequest.class);
        DetachTargets.find(request, attachments.snapshot()).forEach(endpoint -> attachments.detach(endpoint.id()));
        exchange.empty(NO_CONTENT);
    }

    private void list(Exchange exchange) throws IOException {
        Snapshot snapshot = attachments.snapshot();
        exchange.json(
                200,
                snapshot.endpoints().stream()
                        .map(endpoint -> view(endpoint, snapshot))
                        .sorted(Comparator.comparing(AttachedEndpoint::name)
                                .thenComparing(AttachedEndpoint::interfaceName))
                        .toList());
    }

    /** An endpoint as clients see it; names are empty when sandbox or network went away meanwhile. */
    static AttachedEndpoint view(Endpoint endpoint, Snapshot snapshot) {
        return new AttachedEndpoint(
                endpoint.id().value(),
                endpoint.sandbox().value(),
                snapshot.sandbox(endpoint.sandbox()).map(Sandbox::name).orElse(""),
                snapshot.network(endpoint.network()).map(Network::name).orElse(""),
                endpoint.interfaceName().value(),
                endpoint.ipv4().map(part -> part.address().toString()).orElse(""),
                endpoint.ipv4().map(part -> part.gateway().toString()).orElse(""),
                endpoint.mac().toString(),
                endpoint.mtuBytes(),
                endpoint.hostEnd().value(),
                endpoint.ipv6().map(part -> part.address().toString()).orElse(""),
                endpoint.ipv6().map(part -> part.gateway().toString()).orElse(""));
    }

    private static String orElse(@Nullable String text, String absent) {
        return text == null || text.isEmpty() ? absent : text;
    }

    /** An absolute path out of a request. */
    static Path path(String field, String text) {
        Path path = argument(field, text, Path::of);
        if (!path.isAbsolute()) {
            throw HttpFailure.badRequest(
                    field + ": '" + text + "' is not an absolute path: write one like /run/netns/blue");
        }
        return path;
    }

    /** A value out of a request; what is wrong with it is answered with the field's name. */
    static <T> T argument(String field, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest(field + ": " + e.getMessage());
        }
    }
}
