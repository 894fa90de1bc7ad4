package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.ApiJson;
import dev.bailey.api.network.CreateNetworkResponse;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Programs that manage links, as Debian ships them, on a host of Bailey's: what they take away is mended while a connection
 * goes on, and with the files of the package they take nothing.
 */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
final class LinkManagersLabTest {
    private static final Path PACKAGE_ROOT = Path.of("src/main/deb/root");
    private static final String BRIDGE = "bailey0";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private SharedHost shared;

    @BeforeEach
    void build(Lab lab) throws IOException {
        shared = new SharedHost(lab);
        shared.startBailey("nftables");
        shared.verify("before anybody else comes");
    }

    @AfterEach
    void stop() {
        shared.close();
    }

    @Test
    void networkd_thatTakesEveryLink_isMended() throws IOException {
        takes(new SystemdNetworkd(shared.host()));
    }

    @Test
    void networkd_withTheFileOfThePackage_leavesThemAlone() throws IOException {
        leavesAlone(new SystemdNetworkd(shared.host()));
    }

    @Test
    void networkManager_thatIsToldToTakeThem_isMended() throws IOException {
        takes(new NetworkManager(shared.host()));
    }

    @Test
    void networkManager_withTheFileOfThePackage_leavesThemAlone() throws IOException {
        leavesAlone(new NetworkManager(shared.host()));
    }

    private void takes(LinkManager manager) throws IOException {
        manager.start();
        try {
            manager.take(BRIDGE, hostEnd());
            Await.until("a repair", LIMIT, () -> shared.daemon().log().contains("mended"));
            Await.until("the bridge and its port to be whole", LIMIT, this::isWhole);
            shared.verify("after it was mended");
        } finally {
            manager.stop();
        }
        shared.daemon()
                .log()
                .lines()
                .filter(line -> line.contains("mended"))
                .map(line -> line.substring(line.indexOf("mended")))
                .forEach(System.out::println);
    }

    private void leavesAlone(LinkManager manager) throws IOException {
        String created = shared.daemon()
                .call("POST", "/networks/create", "{\"Name\":\"blue\"}")
                .orThrow()
                .output();
        String id = ApiJson.jsonb()
                .type(CreateNetworkResponse.class)
                .fromJson(created)
                .id();
        manager.obey(PACKAGE_ROOT);
        manager.start();
        try {
            manager.awaitLookedAt(BRIDGE);
            manager.awaitLookedAt(hostEnd());
            manager.awaitLookedAt("br-" + id.substring(0, 12));
            shared.verify("beside it");
        } finally {
            manager.stop();
        }
        assertThat(shared.daemon().log()).doesNotContain("mended");
    }

    private boolean isWhole() {
        LabHost host = shared.host();
        return host.exec("ip", "-br", "address", "show", BRIDGE).output().contains("172.17.0.1/16")
                && host.exec("ip", "-o", "link", "show", "master", BRIDGE)
                        .output()
                        .contains(hostEnd());
    }

    private String hostEnd() {
        return shared.daemon().endpoints().getFirst().hostEnd();
    }
}
