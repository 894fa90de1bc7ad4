package dev.bailey.dist.endtoend;

import dev.bailey.lab.Await;
import dev.bailey.lab.Command;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.LabException;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** NetworkManager as Debian ships it, with a message bus of its own and somebody who tells it to take Bailey's links. */
final class NetworkManager implements LinkManager {
    private static final String FOLDER = "/etc/NetworkManager/conf.d/";

    private static final String START = """
            mount -t sysfs -o ro sysfs /sys
            exec NetworkManager --no-daemon --log-level=INFO
            """;

    private final MessageBus bus;
    private final OverlaidFolders folders;
    private Optional<LabProcess> process = Optional.empty();

    NetworkManager(LabHost host) throws IOException {
        bus = new MessageBus(host);
        folders = OverlaidFolders.of(host, "networkmanager");
    }

    @Override
    public void obey(Path packageRoot) throws IOException {
        String name = "10-bailey.conf";
        Files.copy(packageRoot.resolve("usr/lib/NetworkManager/conf.d").resolve(name), folders.changed(FOLDER + name));
    }

    @Override
    public void start() throws IOException {
        bus.start();
        try {
            process = Optional.of(come());
        } catch (LabException didNot) {
            // Seen once in some ten runs, for a reason that is not known: what it printed is in the message.
            System.out.println("NetworkManager is started once more: " + didNot.getMessage());
            process = Optional.of(come());
        }
    }

    private LabProcess come() {
        return bus.seenBy(folders.command("sh", "-ec", START))
                .start(_ -> tell("general").exitCode() == 0);
    }

    private CommandResult tell(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "nmcli";
        System.arraycopy(words, 0, all, 1, words.length);
        Command command = folders.command(all);
        return bus.seenBy(command).execute();
    }

    @Override
    public void take(String bridge, String port) {
        tell(
                        "connection",
                        "add",
                        "save",
                        "no",
                        "type",
                        "ethernet",
                        "ifname",
                        port,
                        "con-name",
                        "mine",
                        "ip4",
                        "10.99.0.1/24")
                .orThrow();
        tell("connection", "up", "mine").orThrow();
        tell("device", "disconnect", bridge).orThrow();
    }

    @Override
    public void awaitLookedAt(String link) {
        Await.until(
                link + " to be left alone",
                () -> tell("-t", "-f", "DEVICE,STATE", "device").output().contains(link + ":unmanaged"));
    }

    @Override
    public void stop() {
        process.ifPresent(LabProcess::stop);
    }
}
