package dev.bailey.daemon.attachment;

import dev.bailey.api.attachment.DetachRequest;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which endpoints a request to detach means. */
final class DetachTargets {
    private static final Path OWN_NETNS = Path.of("/proc/self/ns/net");

    private DetachTargets() {}

    /**
     * The endpoints that are meant, at least one.
     *
     * @throws HttpFailure 400 when the request names none or several things, 404 when what it names has no endpoint
     */
    static Collection<Endpoint> find(DetachRequest request, Snapshot snapshot) {
        List<String> named = Stream.of(request.netns(), request.endpoint(), request.name())
                .filter(text -> text != null && !text.isEmpty())
                .map(Objects::requireNonNull)
                .toList();
        if (named.size() != 1) {
            throw HttpFailure.badRequest("want one of netns, endpoint and name, not "
                    + (named.isEmpty() ? "none" : named.size() + " of them"));
        }
        if (isGiven(request.endpoint())) {
            return List.of(endpoint(named.getFirst(), snapshot));
        }
        Optional<Sandbox> sandbox = isGiven(request.name())
                ? snapshot.sandboxNamed(named.getFirst())
                : sandboxAt(AttachmentHandlers.path("netns", named.getFirst()), snapshot);
        Collection<Endpoint> endpoints =
                sandbox.map(found -> snapshot.endpointsOf(found.id())).orElse(List.of());
        if (endpoints.isEmpty()) {
            throw HttpFailure.notFound(
                    named.getFirst() + " has no endpoint: GET /bailey/endpoints lists those there are");
        }
        return endpoints;
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static Endpoint endpoint(String text, Snapshot snapshot) {
        EndpointId id = AttachmentHandlers.argument("endpoint", text, EndpointId::new);
        return snapshot.endpoint(id).orElseThrow(() -> HttpFailure.notFound("there is no endpoint " + text));
    }

    /** By the namespace that is there now; only where none is, by the path under which a sandbox came. */
    private static Optional<Sandbox> sandboxAt(Path netns, Snapshot snapshot) {
        try {
            Object filesystem = Files.getAttribute(OWN_NETNS, "unix:dev");
            if (filesystem.equals(Files.getAttribute(netns, "unix:dev"))) {
                return snapshot.sandboxOfNetns((long) Files.getAttribute(netns, "unix:ino"));
            }
        } catch (IOException e) {
            // The namespace's file is gone while the endpoint is not: the path is all there is to go by.
            return sandboxOnceAt(netns, snapshot);
        }
        return sandboxOnceAt(netns, snapshot);
    }

    private static Optional<Sandbox> sandboxOnceAt(Path netns, Snapshot snapshot) {
        return snapshot.sandboxes().stream()
                .filter(sandbox -> sandbox.netns().equals(netns))
                .findFirst();
    }
}
