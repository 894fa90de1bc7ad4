package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.view.Finding;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpConnection;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second uplink that comes and goes while the engine runs, as the internet sees it. */
@Tag("lab")
@ExtendWith(LabExtension.class)
class UplinksLabTest {
    private Site site;
    private LabHost host;
    private LabHost web;
    private RunningEngine bailey;
    private Endpoint endpoint;
    private TcpServer whoAmI;
    private final BlockingQueue<EngineEvent.UplinksChanged> changes = new LinkedBlockingQueue<>();

    @BeforeEach
    void build(Lab lab) {
        site = Site.build(lab);
        host = site.host();
        bailey = RunningEngine.start(host);
        web = lab.host("web");
        endpoint = bailey.attach(web);
        whoAmI = site.internet().tcpWhoAmI(Site.SERVICE, 7);
        bailey.engine().subscribe(event -> {
            if (event instanceof EngineEvent.UplinksChanged changed) {
                changes.add(changed);
            }
        });
    }

    @AfterEach
    void stop() {
        bailey.close();
    }

    private String seenAddress() {
        try (TcpConnection connection = web.connectTcp(Site.SERVICE, 7)) {
            return connection.readAll().strip().replaceFirst(":\\d+$", "");
        }
    }

    private void awaitUplinks(String... names) throws InterruptedException {
        EngineEvent.UplinksChanged next;
        do {
            next = changes.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("uplinks become %s", (Object) names).isNotNull();
        } while (!next.names().equals(java.util.List.of(names)));
    }

    private int mtu(LabHost of, String link) {
        String text = of.exec("ip", "-o", "link", "show", link).output();
        return Integer.parseInt(text.replaceFirst("(?s).* mtu (\\d+) .*", "$1"));
    }

    @Test
    void secondUplink_comesAndGoes_theInternetSeesItsAddressAndThenTheFirstOnes() throws InterruptedException {
        assertThat(seenAddress()).isEqualTo(Site.HOST);

        site.addSecondUplink();
        host.exec("ip", "route", "replace", "default", "via", Site.SECOND_GATEWAY, "dev", "eth1");
        awaitUplinks("eth1");
        assertThat(seenAddress()).isEqualTo(Site.SECOND_HOST);

        host.exec("ip", "route", "add", "default", "via", Site.GATEWAY, "dev", "eth0", "metric", "200");
        awaitUplinks("eth1", "eth0");
        assertThat(seenAddress()).isEqualTo(Site.SECOND_HOST);

        host.exec("ip", "link", "del", "eth1");
        awaitUplinks("eth0");
        assertThat(seenAddress()).isEqualTo(Site.HOST);
        assertThat(host.exec("conntrack", "-L").output()).doesNotContain(Site.SECOND_HOST);
    }

    @Test
    void defaultRouteMoves_flowsMoveWithIt() throws InterruptedException {
        site.internet().udpWhoAmI(Site.SERVICE, 9);
        site.internet().udpWhoAmI(Site.GATEWAY, 9);
        site.addSecondUplink();
        host.exec("ip", "route", "add", "default", "via", Site.SECOND_GATEWAY, "dev", "eth1", "metric", "200");
        awaitUplinks("eth0", "eth1");
        assertThat(ask(Site.SERVICE))
                .hasValueSatisfying(answer -> assertThat(answer).contains(Site.HOST));
        assertThat(ask(Site.GATEWAY))
                .hasValueSatisfying(answer -> assertThat(answer).contains(Site.HOST));

        host.removeRoute("default", Site.GATEWAY);
        awaitUplinks("eth1");

        assertThat(host.exec("conntrack", "-L", "-d", Site.SERVICE).output()).doesNotContain(Site.HOST + " ");
        assertThat(host.exec("conntrack", "-L", "-d", Site.GATEWAY).output())
                .as("goes out of eth0 as before")
                .contains(Site.HOST + " ");
        assertThat(ask(Site.SERVICE))
                .hasValueSatisfying(answer -> assertThat(answer).contains(Site.SECOND_HOST));
    }

    private Optional<String> ask(String address) {
        return web.askUdp(address, 9, "who", java.time.Duration.ofSeconds(5));
    }

    @Test
    void doctor_othersDrop_namesTheChain() {
        assertThat(bailey.inspector().diagnose(bailey.engine().health())).isEmpty();

        host.exec(
                "nft",
                "add table ip theirs; add chain ip theirs passing { type filter hook forward priority 0; policy"
                        + " drop; }");
        host.exec(
                "nft",
                "add table ip6 theirs; add chain ip6 theirs passing { type filter hook forward priority 0; policy"
                        + " drop; }");

        assertThat(bailey.inspector().diagnose(bailey.engine().health()))
                .extracting(Finding::what)
                .containsExactly(
                        "chain passing of table ip theirs refuses, by its policy, what it did not accept before");
    }

    @Test
    void mtu_followsTheSmallestUplink(Lab lab) throws InterruptedException {
        site.addSecondUplink();
        host.mtu("eth1", 1400);
        host.exec("ip", "route", "add", "default", "via", Site.SECOND_GATEWAY, "dev", "eth1", "metric", "200");
        awaitUplinks("eth0", "eth1");

        assertThat(mtu(host, "bailey0")).isEqualTo(1400);
        Endpoint younger = bailey.attach(lab.host("young"));
        assertThat(younger.mtuBytes()).isEqualTo(1400);
        assertThat(mtu(host, younger.hostEnd().value())).isEqualTo(1400);
        assertThat(mtu(web, "eth0")).isEqualTo(1500);
        assertThat(web.command("ping", "-c1", "-W5", "-Mdo", "-s1472", Site.SECOND_GATEWAY)
                        .execute()
                        .output())
                .as("an older sandbox is told")
                .contains("Frag needed", "mtu = 1400");

        assertThat(bailey.inspector().diagnose(bailey.engine().health()))
                .extracting(Finding::what)
                .containsExactly("eth0 of web has MTU 1500, its network bridge has 1400");

        host.exec("ip", "link", "set", "eth1", "mtu", "1300");
        for (int i = 0; i < 200 && mtu(host, "bailey0") != 1300; i++) {
            Thread.sleep(10);
        }
        assertThat(mtu(host, "bailey0")).isEqualTo(1300);
        host.exec("ip", "link", "set", "eth1", "down");
        awaitUplinks("eth0");
        assertThat(mtu(host, "bailey0")).isEqualTo(1500);
        assertThat(mtu(host, younger.hostEnd().value())).isEqualTo(1500);
        assertThat(mtu(host, endpoint.hostEnd().value())).isEqualTo(1500);
    }
}
