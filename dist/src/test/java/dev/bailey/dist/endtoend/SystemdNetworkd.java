package dev.bailey.dist.endtoend;

import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** systemd-networkd as Debian ships it, told to give every link but the uplink an address of its own. */
final class SystemdNetworkd implements LinkManager {
    private static final String PROGRAM = "/usr/lib/systemd/systemd-networkd";
    private static final String FOLDER = "/etc/systemd/network/";
    private static final String EVERY_LINK = """
            [Match]
            Name=!eth0 lo
            [Network]
            DHCP=no
            LinkLocalAddressing=no
            Address=10.99.0.1/24
            """;

    /** It takes a /sys that it cannot write to for a container's, and asks nobody whether a link is ready. */
    private static final String START = """
            mount -t sysfs -o ro sysfs /sys
            mount -t tmpfs tmpfs /run
            mkdir -p /run/systemd/netif/links /run/systemd/netif/leases
            chown -R systemd-network: /run/systemd/netif
            exec "$0"
            """;

    private final OverlaidFolders folders;
    private Optional<LabProcess> process = Optional.empty();

    SystemdNetworkd(LabHost host) throws IOException {
        folders = OverlaidFolders.of(host, "networkd");
        Files.writeString(folders.changed(FOLDER + "50-every-link.network"), EVERY_LINK);
    }

    @Override
    public void obey(Path packageRoot) throws IOException {
        String name = "10-bailey.network";
        Files.copy(packageRoot.resolve("usr/lib/systemd/network").resolve(name), folders.changed(FOLDER + name));
    }

    @Override
    public void start() {
        process = Optional.of(folders.command("sh", "-ec", START, PROGRAM)
                .environment("SYSTEMD_LOG_LEVEL", "debug")
                .start());
    }

    @Override
    public void take(String bridge, String port) {
        // It takes what it matches as soon as it starts.
    }

    @Override
    public void awaitLookedAt(String link) {
        process.orElseThrow().awaitLine(link + ": State changed: pending -> ");
    }

    @Override
    public void stop() {
        process.ifPresent(LabProcess::stop);
    }
}
