package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.Await;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.Reach;
import dev.bailey.lab.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** libvirt with its default network, and a namespace that is plugged into that as a guest would be. */
final class LibvirtNeighbour implements Neighbour {
    /** The account that Debian's package of the whole system makes, and without which the daemon does not start. */
    private static final String ACCOUNT = "libvirt-qemu:x:64055:";

    /** As Debian's package of it has it, but for the spanning tree, which would let the guest wait for seconds. */
    private static final String NETWORK = """
            <network>
              <name>default</name>
              <bridge name='virbr0' stp='off'/>
              <forward/>
              <ip address='192.168.122.1' netmask='255.255.255.0'>
                <dhcp>
                  <range start='192.168.122.2' end='192.168.122.254'/>
                </dhcp>
              </ip>
            </network>
            """;

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final LabHost host;
    private final LabHost guest;
    private final OverlaidFolders folders;
    private Optional<LabProcess> daemon = Optional.empty();

    LibvirtNeighbour(LabHost host) throws IOException {
        this.host = host;
        this.guest = host.lab().host("guest");
        this.folders = OverlaidFolders.of(host, "libvirt");
        for (String file : new String[] {"/etc/passwd", "/etc/group"}) {
            Files.writeString(
                    folders.changed(file),
                    Files.readString(Path.of(file))
                            + ACCOUNT
                            + (file.endsWith("passwd") ? "64055::/:/usr/sbin/nologin\n" : "\n"));
        }
        Path network = Files.writeString(folders.changed("/etc/libvirt/qemu/networks/default.xml"), NETWORK);
        Files.createSymbolicLink(
                folders.changed("/etc/libvirt/qemu/networks/autostart/default.xml"),
                Path.of("..", network.getFileName().toString()));
    }

    @Override
    public void start() {
        startDaemon();
        host.lab().link(host, "guest0", guest, "eth0");
        host.exec("ip", "link", "set", "guest0", "master", "virbr0");
        guest.address("eth0", "192.168.122.2/24").route("default", "192.168.122.1");
    }

    private void startDaemon() {
        daemon = Optional.of(folders.command("libvirtd").start());
        Await.until(
                "libvirt's rules",
                () -> host.command("iptables-nft", "-t", "nat", "-S", "LIBVIRT_PRT")
                        .execute()
                        .output()
                        .contains("MASQUERADE"));
    }

    @Override
    public Map<String, Change> changes() {
        return Map.of("restart", () -> {
            daemon.orElseThrow().stop();
            host.exec("iptables-nft", "-t", "nat", "-F", "LIBVIRT_PRT");
            startDaemon();
        });
    }

    @Override
    public void verify() {
        assertThat(guest.reachTcp(Site.SERVICE, SharedHost.ECHO, SHORT))
                .as("libvirt's guest to the internet")
                .isEqualTo(Reach.CONNECTED);
        assertThat(guest.reachTcp(Site.HOST, SharedHost.PUBLISHED, SHORT))
                .as("libvirt's guest to the published port")
                .isEqualTo(Reach.CONNECTED);
    }
}
