package dev.bailey.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.view.HostFlow;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlowTableTest {
    @Test
    void flows_beforeAndAfterNat_standSideBySide() {
        HostFlow out = new HostFlow(
                "tcp",
                "ESTABLISHED",
                "web",
                "",
                "172.17.0.2:40000",
                "192.0.2.53:80",
                "198.51.100.2:40000",
                "192.0.2.53:80",
                431999,
                1500L,
                72_800_000L);
        HostFlow published = new HostFlow(
                "udp",
                "",
                "",
                "dns",
                "198.51.100.3:5000",
                "198.51.100.2:53",
                "198.51.100.3:5000",
                "172.17.0.3:5353",
                29,
                null,
                null);
        HostFlow inner = new HostFlow(
                "icmp",
                "UNREPLIED",
                "web",
                "dns",
                "172.17.0.2",
                "172.17.0.3",
                "172.17.0.2",
                "172.17.0.3",
                30,
                null,
                null);

        assertThat(FlowTable.of(List.of(out, published, inner))).isEqualTo("""
                CONTAINER   PROTOCOL   STATE         FROM                TO                FROM AFTER NAT       TO AFTER NAT      SENT      RECEIVED   EXPIRES
                web         tcp        ESTABLISHED   172.17.0.2:40000    192.0.2.53:80     198.51.100.2:40000   -                 1.5kB     72.8MB     431999s
                dns         udp        -             198.51.100.3:5000   198.51.100.2:53   -                    172.17.0.3:5353   -         -          29s
                web>dns     icmp       UNREPLIED     172.17.0.2          172.17.0.3        -                    -                 -         -          30s
                """);
    }
}
