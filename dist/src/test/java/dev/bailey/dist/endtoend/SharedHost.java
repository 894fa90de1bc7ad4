package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** A host on which Bailey is not the only one with rules: a sandbox with a published port, a client outside, an internet. */
final class SharedHost implements AutoCloseable {
    /** Where the internet answers. */
    static final int ECHO = 7;
    /** The port of the host that leads to the sandbox. */
    static final int PUBLISHED = 8080;

    private static final int UNPUBLISHED = 81;
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Site site;
    private final LabHost client;
    private final LabHost box;
    private final DaemonUnderTest daemon;
    private Optional<TcpConnection> connection = Optional.empty();

    SharedHost(Lab lab) throws IOException {
        site = Site.build(lab);
        client = site.addNeighbour("172.16.0.0/12");
        box = lab.host("box");
        daemon = new DaemonUnderTest(
                site.host(), Files.createDirectories(lab.directory().resolve("bailey")));
        site.internet().tcpEcho(Site.SERVICE, ECHO);
        box.tcpEcho("0.0.0.0", 80);
        box.tcpEcho("0.0.0.0", UNPUBLISHED);
    }

    LabHost host() {
        return site.host();
    }

    LabHost box() {
        return box;
    }

    LabHost client() {
        return client;
    }

    DaemonUnderTest daemon() {
        return daemon;
    }

    /** Starts Bailey with a backend; the first time it gets the sandbox. */
    void startBailey(String backend) {
        daemon.start("--firewall-backend", backend);
        if (connection.isEmpty()) {
            daemon.call(
                            "POST",
                            "/bailey/attach",
                            "{\"netns\":\"" + box.path() + "\",\"name\":\"box\",\"ports\":[\"" + PUBLISHED + ":80\"]}")
                    .orThrow();
        }
    }

    /** Stops Bailey and starts it with a backend. */
    void restartBailey(String backend) {
        daemon.stop();
        startBailey(backend);
    }

    /** All that is to flow does, within a moment; what was open before goes on; and nothing else is let in. */
    void verify(String when) {
        Await.until("the sandbox to reach the internet " + when, LIMIT, () -> reaches(box, Site.SERVICE, ECHO));
        Await.until("the client to reach the port " + when, LIMIT, () -> reaches(client, Site.HOST, PUBLISHED));
        Await.until("the host to reach the port " + when, LIMIT, () -> reaches(host(), "127.0.0.1", PUBLISHED));
        if (connection.isEmpty()) {
            connection = Optional.of(box.connectTcp(Site.SERVICE, ECHO));
        }
        connection.get().verifyEcho();
        assertThat(reaches(client, address(), UNPUBLISHED))
                .as("a port that is not published " + when)
                .isFalse();
        assertThat(daemon.call("GET", "/bailey/doctor", "").orThrow().output())
                .as("the doctor " + when)
                .isEqualTo("[]");
    }

    private String address() {
        String address = daemon.endpoints().getFirst().address();
        return address.substring(0, address.indexOf('/'));
    }

    static boolean reaches(LabHost from, String address, int port) {
        return from.reachTcp(address, port, SHORT) == Reach.CONNECTED;
    }

    @Override
    public void close() {
        connection.ifPresent(TcpConnection::close);
        daemon.close();
    }
}
