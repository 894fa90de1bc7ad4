package dev.bailey.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.CommandResult;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The daemon as a process: its start, its socket, its ends. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class DaemonLabTest {
    private LabHost host;
    private LabHost box;

    @BeforeEach
    void build(Lab lab) {
        host = Site.build(lab).host();
        box = lab.host("box");
    }

    private String attach(LabDaemon daemon) {
        return daemon.post("/bailey/attach", "{\"netns\":\"" + box.path() + "\"}");
    }

    private boolean boxReachesItsGateway() {
        return box.command("ping", "-c1", "-W5", "172.17.0.1").execute().succeeded();
    }

    @Test
    void attachAndDetach_throughTheSocket_giveAndTakeTheNetwork() {
        LabDaemon daemon = LabDaemon.start(host);

        assertThat(attach(daemon))
                .contains("\"name\":\"box.netns\"", "\"address\":\"172.17.0.2/16\"", "\"gateway\":\"172.17.0.1\"");
        assertThat(daemon.get("/bailey/endpoints")).contains("\"address\":\"172.17.0.2/16\"");
        assertThat(boxReachesItsGateway()).isTrue();
        assertThat(attach(daemon)).startsWith("{\"message\":\"").contains("has an interface eth0 already");
        assertThat(daemon.post("/bailey/detach", "{\"netns\":\"" + box.path() + "\"}"))
                .isEmpty();
        assertThat(box.exec("ip", "-o", "link").output()).doesNotContain("eth0");
        assertThat(daemon.get("/bailey/endpoints")).isEqualTo("[]");
        assertThat(daemon.stop()).isZero();
    }

    @Test
    void socket_isForRootAndTheGroup_andGoesWithTheDaemon() throws IOException {
        LabDaemon daemon = LabDaemon.start(host);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(daemon.socket())))
                .isEqualTo("rw-rw----");
        assertThat(daemon.get("/_ping")).isEqualTo("OK");
        assertThat(daemon.stop()).isZero();
        assertThat(daemon.socket()).doesNotExist();
    }

    @Test
    void stop_endpointsGoOnAndAreFoundAgain() {
        LabDaemon daemon = LabDaemon.start(host);
        attach(daemon);
        String before = daemon.get("/bailey/endpoints");

        assertThat(daemon.stop()).isZero();
        assertThat(boxReachesItsGateway()).isTrue();
        daemon.restart();

        assertThat(daemon.get("/bailey/endpoints")).isEqualTo(before);
        assertThat(daemon.stop()).isZero();
    }

    @Test
    void kill_socketFileLeftBehind_nextStartReplacesIt() {
        LabDaemon daemon = LabDaemon.start(host);
        attach(daemon);
        String before = daemon.get("/bailey/endpoints");

        daemon.kill();
        assertThat(daemon.socket()).exists();
        assertThat(boxReachesItsGateway()).isTrue();
        daemon.restart();

        assertThat(daemon.get("/bailey/endpoints")).isEqualTo(before);
        assertThat(daemon.stop()).isZero();
    }

    @Test
    void start_dataRootOrSocketInUse_isRefusedInOneLine(Lab lab) {
        LabDaemon daemon = LabDaemon.start(host);
        Path folder = lab.directory();

        CommandResult sameData = LabDaemon.command(
                        host,
                        "-H",
                        "unix://" + folder.resolve("other.sock"),
                        "--data-root",
                        daemon.dataRoot().toString(),
                        "--exec-root",
                        folder.resolve("other").toString())
                .execute();
        CommandResult sameSocket = LabDaemon.command(
                        host,
                        "-H",
                        "unix://" + daemon.socket(),
                        "--data-root",
                        folder.resolve("other-data").toString(),
                        "--exec-root",
                        folder.resolve("other").toString())
                .execute();

        assertThat(sameData.exitCode()).isEqualTo(1);
        assertThat(sameData.error().lines())
                .singleElement()
                .asString()
                .startsWith("bailey: ")
                .contains(daemon.dataRoot().toString());
        assertThat(sameSocket.exitCode()).isEqualTo(1);
        assertThat(sameSocket.error())
                .isEqualTo("bailey: a daemon serves " + daemon.socket()
                        + " already: stop it or choose another socket with -H\n");
        assertThat(daemon.get("/_ping")).isEqualTo("OK");
        assertThat(daemon.stop()).isZero();
    }

    @Test
    void start_somethingElseInTheSocketsPlace_isLeftThere(Lab lab) throws IOException {
        Path file = Files.writeString(lab.directory().resolve("file"), "kept");

        CommandResult result = LabDaemon.command(
                        host,
                        "-H",
                        "unix://" + file,
                        "--data-root",
                        lab.directory().resolve("data").toString(),
                        "--exec-root",
                        lab.directory().resolve("run").toString())
                .execute();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.error())
                .isEqualTo(
                        "bailey: " + file + " is in the way: it is no socket; remove it or choose another with -H\n");
        assertThat(file).hasContent("kept");
    }

    @Test
    void start_badOption_exitsWithTwoAndOneLine() {
        CommandResult result = LabDaemon.command(host, "--mtu", "9").execute();

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.error())
                .isEqualTo("bailey: --mtu: '9' is not an MTU: it is a number of bytes from 68 to 65535\n");
    }
}
