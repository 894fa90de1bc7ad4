package dev.bailey.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.junit.LabExtension;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("lab")
@ExtendWith(LabExtension.class)
class SiteTest {
    @Test
    void host_toTheService_isSeenWithItsUplinksAddress(Lab lab) {
        Site site = Site.build(lab);
        TcpServer server = site.internet().tcpEcho(Site.SERVICE, 7);

        site.host().connectTcp(Site.SERVICE, 7).verifyEcho();

        assertThat(server.awaitClient().getHostString()).isEqualTo(Site.HOST);
    }

    @Test
    void internet_unknownSource_isNeverAnswered(Lab lab) {
        Site site = Site.build(lab);
        site.internet().udpEcho(Site.SERVICE, 7);
        site.host().address("lo", "172.17.0.2/32").removeRoute("default", Site.GATEWAY);
        site.host().exec("ip", "route", "add", "default", "via", Site.GATEWAY, "src", "172.17.0.2");

        assertThat(site.host().askUdp(Site.SERVICE, 7, "hello", Duration.ofMillis(300)))
                .isEmpty();
    }

    @Test
    void secondUplink_whenTheRouteChanges_isTaken(Lab lab) {
        Site site = Site.build(lab).addSecondUplink();
        TcpServer server = site.internet().tcpEcho(Site.SERVICE, 7);

        site.host().removeRoute("default", Site.GATEWAY).route("default", Site.SECOND_GATEWAY);
        site.host().connectTcp(Site.SERVICE, 7).verifyEcho();

        assertThat(server.awaitClient().getHostString()).isEqualTo(Site.SECOND_HOST);
    }

    @Test
    void neighbour_withARoute_sendsThroughTheHost(Lab lab) {
        Site site = Site.build(lab);
        LabHost neighbour = site.addNeighbour("172.17.0.0/16");
        site.host().address("lo", "172.17.0.1/32").tcpEcho("172.17.0.1", 7);

        assertThat(neighbour.reachTcp("172.17.0.1", 7, Await.LIMIT)).isEqualTo(Reach.CONNECTED);
        assertThat(neighbour.reachTcp("172.17.0.1", 8, Await.LIMIT)).isEqualTo(Reach.REFUSED);
    }
}
