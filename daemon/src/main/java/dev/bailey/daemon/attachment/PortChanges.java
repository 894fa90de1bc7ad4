package dev.bailey.daemon.attachment;

import dev.bailey.api.attachment.PortsRequest;
import dev.bailey.api.attachment.PortsResponse;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.model.PortMapping;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ports of what runs already, published and not any more. */
final class PortChanges {
    private final Attachments attachments;

    PortChanges(Attachments attachments) {
        this.attachments = attachments;
    }

    /** Reads ports as {@code bailey run -p} takes them. */
    static List<PortRequest> requests(Collection<String> texts) {
        return texts.stream()
                .map(text -> AttachmentHandlers.argument("ports", text, PortRequest::parse))
                .toList();
    }

    PortsResponse add(PortsRequest request) {
        Sandbox sandbox = sandbox(request);
        List<PortRequest> wanted = requests(request.ports());
        return response(attachments.publish(sandbox.id(), wanted));
    }

    PortsResponse remove(PortsRequest request) {
        Sandbox sandbox = sandbox(request);
        Snapshot snapshot = attachments.snapshot();
        Set<PublishedPort> meant = new LinkedHashSet<>();
        for (String text : request.ports()) {
            List<PublishedPort> found = snapshot.endpointsOf(sandbox.id()).stream()
                    .flatMap(endpoint -> snapshot.ports().of(endpoint.id()).stream())
                    .filter(port -> isMeant(port.mapping(), text))
                    .toList();
            if (found.isEmpty()) {
                throw HttpFailure.notFound(sandbox.name() + " publishes nothing as " + text);
            }
            meant.addAll(found);
        }
        snapshot.endpointsOf(sandbox.id()).forEach(endpoint -> {
            List<PortMapping> gone = meant.stream()
                    .filter(port -> port.endpoint().equals(endpoint.id()))
                    .map(PublishedPort::mapping)
                    .toList();
            if (!gone.isEmpty()) {
                attachments.unpublish(endpoint.id(), gone);
            }
        });
        return response(meant.stream().map(PublishedPort::mapping).toList());
    }

    /** As it is shown, as it was asked for, or by the ports of the container. */
    private static boolean isMeant(PortMapping mapping, String text) {
        if (mapping.toString().equals(text)) {
            return true;
        }
        PortRequest request = AttachmentHandlers.argument("ports", text, PortRequest::parse);
        return mapping.protocol() == request.protocol()
                && mapping.sandboxPorts().equals(request.sandboxPorts())
                && (mapping.routed() || request.hostPorts().stream().allMatch(mapping.hostPorts()::equals))
                && request.hostAddress().stream().allMatch(mapping.hostAddress()::equals);
    }

    private Sandbox sandbox(PortsRequest request) {
        if (request.ports().isEmpty()) {
            throw HttpFailure.badRequest("ports: at least one is needed, like 8080:80");
        }
        Snapshot snapshot = attachments.snapshot();
        String name = request.name();
        return snapshot.sandboxNamed(name)
                .or(() -> byId(name, snapshot))
                .orElseThrow(() -> HttpFailure.notFound(
                        "no container or sandbox " + name + " with a network of its own is running: bailey ps lists the"
                                + " containers, ports of one in another's network are the other's"));
    }

    /** All digits of an id, or the first ones where no other has them. O(sandboxes) for the latter. */
    private static Optional<Sandbox> byId(String text, Snapshot snapshot) {
        if (!text.matches("[0-9a-f]{1,64}")) {
            return Optional.empty();
        }
        if (text.length() == 64) {
            return snapshot.sandbox(new SandboxId(text));
        }
        List<Sandbox> found = snapshot.sandboxes().stream()
                .filter(sandbox -> sandbox.id().value().startsWith(text))
                .limit(2)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static PortsResponse response(List<PortMapping> ports) {
        return new PortsResponse(ports.stream().map(PortMapping::toString).toList());
    }
}
