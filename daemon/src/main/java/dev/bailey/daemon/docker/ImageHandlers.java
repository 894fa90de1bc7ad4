package dev.bailey.daemon.docker;

import dev.bailey.api.ApiJson;
import dev.bailey.api.image.ImageConfig;
import dev.bailey.api.image.ImageInspect;
import dev.bailey.api.image.ImageSummary;
import dev.bailey.api.image.ProgressMessage;
import dev.bailey.api.image.RootFs;
import dev.bailey.daemon.http.Exchange;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.daemon.http.Route;
import dev.bailey.runtime.Containers;
import dev.bailey.runtime.image.Image;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Loaded images. */
public final class ImageHandlers {
    private static final int NOT_IMPLEMENTED = 501;
    private static final Set<String> FILTERS = Set.of("dangling", "label", "reference");

    private final Containers containers;

    /** Handlers for the images that these containers can be made of. */
    public ImageHandlers(Containers containers) {
        this.containers = containers;
    }

    /** The routes of this group. */
    public List<Route> routes() {
        return List.of(
                Route.get("/images/json", this::list),
                Route.upload("/images/load", this::load),
                Route.post("/images/create", this::pull),
                Route.get("/images/{name...}/json", this::inspect));
    }

    private void list(Exchange exchange) throws IOException {
        Filters filters = Filters.of(exchange.query(), FILTERS);
        Predicate<Image> accepted = image -> filters.acceptLabels(image.config().labels())
                && filters.accept(
                        "dangling", on -> on.equals("true") == image.names().isEmpty())
                && filters.accept(
                        "reference", reference -> image.names().stream().anyMatch(name -> fits(reference, name)));
        exchange.json(
                200,
                containers.images().list().stream()
                        .filter(accepted)
                        .map(ImageHandlers::summary)
                        .toList());
    }

    private static boolean fits(String reference, String name) {
        return name.equals(reference)
                || name.substring(0, Math.max(0, name.lastIndexOf(':'))).equals(reference);
    }

    private void load(Exchange exchange) throws IOException {
        List<Image> loaded = containers.images().load(exchange.bodyStream());
        try (OutputStream answer = exchange.stream(200, "application/json")) {
            for (Image image : loaded) {
                List<String> lines = image.names().isEmpty()
                        ? List.of("Loaded image ID: " + image.id())
                        : image.names().stream()
                                .map(name -> "Loaded image: " + name)
                                .toList();
                for (String line : lines) {
                    byte[] message = ApiJson.jsonb().toJsonBytes(new ProgressMessage(line + "\n", null, null));
                    answer.write(message);
                    answer.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    /** Clients come here when an image is unknown: tell them what to do instead. */
    private void pull(Exchange exchange) {
        throw new HttpFailure(
                NOT_IMPLEMENTED,
                "No such image: " + exchange.query().text("fromImage").orElse("")
                        + ": images are not pulled here; load an"
                        + " archive with docker load, or run host, a folder or an archive");
    }

    private void inspect(Exchange exchange) throws IOException {
        String name = exchange.parameter("name");
        Image image = containers.images().find(name).orElseThrow(() -> HttpFailure.notFound("No such image: " + name));
        exchange.json(200, view(image));
    }

    static ImageSummary summary(Image image) {
        return new ImageSummary(
                image.id(),
                "",
                image.names(),
                List.of(),
                image.createdAt().getEpochSecond(),
                image.sizeBytes(),
                -1,
                image.config().labels(),
                -1);
    }

    static ImageInspect view(Image image) {
        return new ImageInspect(
                image.id(),
                image.names(),
                List.of(),
                Times.text(image.createdAt()),
                new ImageConfig(
                        image.config().user(),
                        image.config().environment(),
                        image.config().command(),
                        image.config().entrypoint(),
                        image.config().workingDirectory(),
                        image.config().labels()),
                Host.goArchitecture(),
                "linux",
                image.sizeBytes(),
                new RootFs("layers", image.layers()));
    }
}
