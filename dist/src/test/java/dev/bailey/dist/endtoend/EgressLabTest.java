package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.Await;
import dev.bailey.lab.DnsServer;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Reach;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A container on a host with an internet: what goes out, under whose address, and what comes in. */
@Tag("lab")
@Timeout(900)
@ExtendWith(LabExtension.class)
final class EgressLabTest {
    private static final String WEB = "192.0.2.80";
    private static final int PORT = 1000;

    private Site site;
    private DnsServer dns;
    private TcpServer web;
    private RunningBailey bailey;

    @BeforeEach
    void start(Lab lab) {
        site = Site.build(lab);
        site.internet().address("lo", WEB + "/32");
        dns = site.internet().dns(Site.SERVICE, Map.of("www.example.test", WEB));
        web = site.internet().tcpWhoAmI(WEB, PORT);
        bailey = RunningBailey.start(site);
    }

    @Test
    void container_toTheInternetByName_arrivesWithTheAddressOfEth0() {
        String seen = bailey.run("run", "--rm", "host", "nc", "-w", "30", "www.example.test", String.valueOf(PORT))
                .output();

        assertThat(seen).startsWith(Site.HOST + ":");
        assertThat(web.clients())
                .extracting(client -> client.getAddress().getHostAddress())
                .containsExactly(Site.HOST);
        assertThat(dns.awaitQuery("www.example.test").client()).isEqualTo(Site.HOST);
    }

    @Test
    void container_nameThatNobodyHas_doesNotResolve() {
        assertThat(bailey.bailey("run", "--rm", "host", "getent", "hosts", "other.example.test")
                        .execute()
                        .exitCode())
                .isEqualTo(2);
        dns.awaitQuery("other.example.test");
    }

    @Test
    void container_inside_hasAnAddressAGatewayAndNames() {
        String inside = bailey.run(
                        "run",
                        "--rm",
                        "--hostname",
                        "box",
                        "host",
                        "sh",
                        "-c",
                        "ip -o -4 address show dev eth0; ip -4 route; getent hosts localhost box; hostname; cat /etc/resolv.conf")
                .output();

        assertThat(inside)
                .contains("172.17.0.2/16")
                .contains("default via 172.17.0.1 dev eth0")
                .contains("172.17.0.0/16 dev eth0")
                .containsPattern("172\\.17\\.0\\.2\\s+box")
                .contains("nameserver " + Site.SERVICE);
    }

    @Test
    void secondUplink_whenTheRouteChanges_isMasqueradedWithoutARuleAdded() {
        bailey.run("run", "-d", "--name", "web", "host", "sleep", "1000");
        site.addSecondUplink();

        site.host().removeRoute("default", Site.GATEWAY).route("default", Site.SECOND_GATEWAY);

        assertThat(bailey.run("exec", "web", "nc", "-w", "30", WEB, String.valueOf(PORT))
                        .output())
                .startsWith(Site.SECOND_HOST + ":");
        bailey.run("rm", "-f", "web");
    }

    @Test
    void neighbour_withARouteToTheContainers_doesNotGetIn() {
        LabHost neighbour = site.addNeighbour("172.17.0.0/16");
        bailey.run("run", "-d", "--name", "web", "host", "nc", "-lk", "-p", "8080");

        Await.until(
                "the container to listen",
                () -> site.host().reachTcp("172.17.0.2", 8080, Await.LIMIT) == Reach.CONNECTED);
        assertThat(neighbour.reachTcp("172.17.0.2", 8080, Duration.ofSeconds(1)))
                .isNotEqualTo(Reach.CONNECTED);
        bailey.run("rm", "-f", "web");
    }
}
