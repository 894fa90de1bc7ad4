package dev.bailey.dist.endtoend;

import dev.bailey.lab.Command;
import dev.bailey.lab.LabHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A view of the machine's files for programs that write to places of their own choice: whatever they change in /etc, /run and /var
 * stays in a folder of the lab, and the next program with the same view sees it.
 */
final class OverlaidFolders {
    private static final List<String> PLACES = List.of("/etc", "/run", "/var");

    /** In a mount namespace of its own, so that nobody else sees it and it goes with the last program. */
    private static final String OVERLAY_AND_RUN = """
            set -e
            layers=$1
            shift
            for place in %s; do
              mount -t overlay overlay -o "lowerdir=$place,upperdir=$layers$place/upper,workdir=$layers$place/work" "$place"
            done
            exec "$@"
            """.formatted(String.join(" ", PLACES));

    private final LabHost host;
    private final Path layers;

    private OverlaidFolders(LabHost host, Path layers) {
        this.host = host;
        this.layers = layers;
    }

    /** A view in which nothing is changed yet. */
    static OverlaidFolders of(LabHost host, String name) throws IOException {
        Path layers = host.lab().directory().resolve(name);
        for (String place : PLACES) {
            Files.createDirectories(layers.resolve(place.substring(1)).resolve("upper"));
            Files.createDirectories(layers.resolve(place.substring(1)).resolve("work"));
        }
        return new OverlaidFolders(host, layers);
    }

    /** Where a file of such a place is kept once it is changed. */
    Path changed(String file) throws IOException {
        String place = PLACES.stream().filter(file::startsWith).findFirst().orElseThrow();
        Path path = layers.resolve(place.substring(1)).resolve("upper" + file.substring(place.length()));
        Files.createDirectories(path.getParent());
        return path;
    }

    /** A command that sees it. */
    Command command(String... words) {
        List<String> all =
                new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", OVERLAY_AND_RUN, "sh", layers.toString()));
        all.addAll(List.of(words));
        return host.command(all.toArray(String[]::new));
    }
}
