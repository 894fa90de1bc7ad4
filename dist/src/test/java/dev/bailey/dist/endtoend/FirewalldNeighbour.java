package dev.bailey.dist.endtoend;

import dev.bailey.lab.Await;
import dev.bailey.lab.Command;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** firewalld as Debian ships it, with a message bus of its own: all links are in the default zone. */
final class FirewalldNeighbour implements Neighbour {
    private static final String BUS = """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
              "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <listen>unix:path=%s</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/>
                <allow own="*"/>
                <allow send_destination="*"/>
                <allow send_type="method_call"/>
                <allow receive_sender="*"/>
              </policy>
            </busconfig>
            """;

    private final LabHost host;
    private final OverlaidFolders folders;
    private final Path bus;
    private Optional<LabProcess> daemon = Optional.empty();

    FirewalldNeighbour(LabHost host) throws IOException {
        this.host = host;
        this.folders = OverlaidFolders.of(host, "firewalld");
        this.bus = host.lab().directory().resolve("bus");
    }

    @Override
    public void start() throws IOException {
        Path config = Files.writeString(host.lab().directory().resolve("bus.conf"), BUS.formatted(bus));
        host.command("dbus-daemon", "--config-file=" + config, "--nofork", "--nopidfile")
                .start(process -> Files.exists(bus));
        startDaemon();
    }

    private void startDaemon() {
        daemon = Optional.of(
                onBus(folders.command("firewalld", "--nofork", "--nopid")).start());
        Await.until(
                "firewalld's rules",
                () -> host.command("nft", "list", "chain", "inet", "firewalld", "filter_FORWARD")
                        .execute()
                        .output()
                        .contains("reject"));
    }

    private Command onBus(Command command) {
        return command.environment("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + bus);
    }

    /** Tells the daemon something by its own client. */
    void tell(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "firewall-cmd";
        System.arraycopy(words, 0, all, 1, words.length);
        onBus(folders.command(all)).run();
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
