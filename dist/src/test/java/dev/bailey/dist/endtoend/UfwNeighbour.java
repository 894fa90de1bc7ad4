package dev.bailey.dist.endtoend;

import dev.bailey.lab.LabHost;
import java.io.IOException;
import java.util.Map;

/** ufw as Debian ships it, enabled: nothing is let in, and nothing is passed on. */
final class UfwNeighbour implements Neighbour {
    private final OverlaidFolders folders;

    UfwNeighbour(LabHost host) throws IOException {
        this.folders = OverlaidFolders.of(host, "ufw");
    }

    @Override
    public void start() {
        folders.command("ufw", "--force", "enable").run();
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("reload", () -> folders.command("ufw", "reload").run());
    }

    @Override
    public void verify() {
        // It has no guests.
    }
}
