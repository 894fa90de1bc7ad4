package dev.bailey.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.view.BridgePort;
import dev.bailey.api.view.HostBridge;
import dev.bailey.api.view.HostUplink;
import dev.bailey.api.view.LinkTraffic;
import dev.bailey.api.view.UplinkRoute;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinkTablesTest {
    @Test
    void bridges_portsOfContainersAndOfOthers_standBesideTheirBridge() {
        HostBridge ours = new HostBridge(
                "bailey0",
                "8000.0242ac110001",
                false,
                1500,
                true,
                "up",
                List.of("172.17.0.1/16"),
                "bridge",
                List.of(
                        new BridgePort("veth0123456789a", true, "forwarding", 1500, "web", "e1", "172.17.0.2/16"),
                        new BridgePort("veth1", false, "disabled", 1400, "", "", "")));
        HostBridge empty =
                new HostBridge("br\u001b[2J", "8000.000000000000", true, 1400, false, "down", List.of(), "", List.of());

        assertThat(BridgeTable.of(List.of(ours, empty))).isEqualTo("""
                BRIDGE    BRIDGE ID           STP       MTU       STATE     NETWORK   INTERFACE         PORT STATE   CONTAINER
                bailey0   8000.0242ac110001   no        1500      up        bridge    veth0123456789a   forwarding   web
                                                        1400                          veth1             down
                br?[2J    8000.000000000000   yes       1400      down
                """);
    }

    @Test
    void uplinks_routesAndAddresses_shareTheLinesOfTheirLink() {
        HostUplink eth0 = new HostUplink(
                "eth0",
                "",
                true,
                "up",
                1500,
                List.of("198.51.100.2/24", "2001:db8::2/64"),
                List.of(new UplinkRoute("198.51.100.1", 100, false)),
                new LinkTraffic(10, 72_800_000, 1, 2),
                new LinkTraffic(20, 1500, 0, 0));
        HostUplink ppp0 = new HostUplink(
                "ppp0",
                "",
                true,
                "unknown",
                1492,
                List.of(),
                List.of(new UplinkRoute("", 200, false), new UplinkRoute("fe80::1", 1024, true)),
                LinkTraffic.NONE,
                LinkTraffic.NONE);
        HostUplink eth1 = new HostUplink(
                "eth1", "", false, "down", 9000, List.of(), List.of(), LinkTraffic.NONE, LinkTraffic.NONE);

        assertThat(UplinkTable.of(List.of(eth0, ppp0, eth1))).isEqualTo("""
                LINK      STATE     MTU       ADDRESS           GATEWAY        METRIC    RECEIVED   SENT      LOST
                eth0      up        1500      198.51.100.2/24   198.51.100.1   100       72.8MB     1.5kB     3
                                              2001:db8::2/64
                ppp0      unknown   1492      -                 on the link    200       0B         0B        0
                                                                fe80::1        1024
                eth1      down      9000      -                 -              -         0B         0B        0
                """);
    }
}
