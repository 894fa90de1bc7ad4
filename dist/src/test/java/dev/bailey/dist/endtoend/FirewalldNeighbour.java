package dev.bailey.dist.endtoend;

import dev.bailey.lab.Await;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** firewalld as Debian ships it, with a message bus of its own: all links are in the default zone. */
final class FirewalldNeighbour implements Neighbour {
    private final LabHost host;
    private final OverlaidFolders folders;
    private final MessageBus bus;
    private Optional<LabProcess> daemon = Optional.empty();

    FirewalldNeighbour(LabHost host) throws IOException {
        this.host = host;
        this.folders = OverlaidFolders.of(host, "firewalld");
        this.bus = new MessageBus(host);
    }

    @Override
    public void start() throws IOException {
        bus.start();
        startDaemon();
    }

    private void startDaemon() {
        daemon = Optional.of(
                bus.seenBy(folders.command("firewalld", "--nofork", "--nopid")).start());
        Await.until(
                "firewalld's rules",
                () -> host.command("nft", "list", "chain", "inet", "firewalld", "filter_FORWARD")
                        .execute()
                        .output()
                        .contains("reject"));
    }

    /** Tells the daemon something by its own client. */
    void tell(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "firewall-cmd";
        System.arraycopy(words, 0, all, 1, words.length);
        bus.seenBy(folders.command(all)).run();
    }

    @Override
    public Map<String, Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("restart", () -> {
            daemon.orElseThrow().stop();
            startDaemon();
        });
        changes.put("reload", () -> tell("--reload"));
        return changes;
    }

    @Override
    public void verify() {
        // It has no guests.
    }
}
