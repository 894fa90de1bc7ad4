package dev.bailey.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.lab.junit.LabExtension;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("lab")
@ExtendWith(LabExtension.class)
class TrafficTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private LabHost client;
    private LabHost server;

    @BeforeEach
    void link(Lab lab) {
        client = lab.host("client");
        server = lab.host("server");
        lab.link(client, "eth0", "192.0.2.1/24", server, "eth0", "192.0.2.2/24");
    }

    @Test
    void tcpEcho_connection_echoesAgainAndAgainAndIsRecorded() {
        TcpServer echo = server.tcpEcho("192.0.2.2", 7);

        TcpConnection connection = client.connectTcp("192.0.2.2", 7);
        connection.verifyEcho();
        connection.verifyEcho();

        assertThat(echo.awaitClient()).isEqualTo(connection.local());
        assertThat(connection.local().getHostString()).isEqualTo("192.0.2.1");
        assertThat(connection.remote()).isEqualTo(echo.address());
    }

    @Test
    void verifyEcho_serverGone_fails() {
        TcpServer echo = server.tcpEcho("192.0.2.2", 7);
        TcpConnection connection = client.connectTcp("192.0.2.2", 7);
        connection.verifyEcho();

        echo.close();

        assertThatThrownBy(connection::verifyEcho).isInstanceOf(LabException.class);
    }

    @Test
    void tcpWhoAmI_commandInside_readsItsOwnAddress() {
        server.tcpWhoAmI("192.0.2.2", 1000);

        assertThat(client.exec("nc", "-w5", "192.0.2.2", "1000").output()).startsWith("192.0.2.1:");
    }

    @Test
    void tcpWhoAmI_connection_readsItsOwnAddress() {
        server.tcpWhoAmI("0.0.0.0", 1000);
        TcpConnection connection = client.connectTcp("192.0.2.2", 1000);

        assertThat(connection.readAll()).isEqualTo(TcpServer.hostAndPort(connection.local()));
    }

    @Test
    void udp_questionAndAnswer_recordsTheSender() {
        UdpServer echo = server.udpEcho("192.0.2.2", 7);
        UdpServer mirror = server.udpWhoAmI("192.0.2.2", 1000);

        assertThat(client.askUdp("192.0.2.2", 7, "hello", Await.LIMIT)).contains("hello");
        assertThat(client.askUdp("192.0.2.2", 1000, "who am I?", Await.LIMIT))
                .contains(TcpServer.hostAndPort(mirror.awaitClient()));
        assertThat(echo.awaitClient().getHostString()).isEqualTo("192.0.2.1");
    }

    @Test
    void askUdp_nobodyThere_isNoAnswer() {
        assertThat(client.askUdp("192.0.2.2", 9, "hello", Await.LIMIT)).isEmpty();
    }

    @Test
    void reachTcp_allKindsOfEnd_areTold() {
        server.tcpEcho("192.0.2.2", 7);
        server.exec(
                "nft",
                "add table inet t; add chain inet t in { type filter hook input priority 0; };"
                        + " add rule inet t in tcp dport 9 drop");

        assertThat(client.reachTcp("192.0.2.2", 7, Await.LIMIT)).isEqualTo(Reach.CONNECTED);
        assertThat(client.reachTcp("192.0.2.2", 8, Await.LIMIT)).isEqualTo(Reach.REFUSED);
        assertThat(client.reachTcp("192.0.2.2", 9, SHORT)).isEqualTo(Reach.TIMED_OUT);
        assertThat(client.reachTcp("203.0.113.1", 7, Await.LIMIT)).isEqualTo(Reach.UNREACHABLE);
    }

    @Test
    void tcpEcho_addressNotThere_saysWhereAndWhat() {
        assertThatThrownBy(() -> server.tcpEcho("203.0.113.1", 7))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("cannot listen at 203.0.113.1:7 in server");
    }

    @Test
    void dns_knownAndUnknownNames_areAnsweredAndRecorded() {
        DnsServer dns = server.dns("192.0.2.2", Map.of("www.example.test", "203.0.113.80"));

        assertThat(client.exec("dig", "+short", "+timeout=5", "@192.0.2.2", "www.example.test")
                        .output())
                .isEqualTo("203.0.113.80\n");
        assertThat(client.exec("dig", "+timeout=5", "@192.0.2.2", "other.example.test")
                        .output())
                .contains("status: NXDOMAIN");
        assertThat(dns.awaitQuery("www.example.test"))
                .isEqualTo(new DnsServer.Query("A", "www.example.test", "192.0.2.1"));
        assertThat(client.command("getent", "hosts", "www.example.test")
                        .nameserver("192.0.2.2")
                        .run()
                        .output())
                .startsWith("203.0.113.80");
    }

    @Test
    void dns_addressNotThere_saysWhy() {
        assertThatThrownBy(() -> server.dns("203.0.113.1", Map.of()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("203.0.113.1")
                .hasMessageContaining("too early; it printed: ");
    }

    @Test
    void capture_filter_recordsWhatMatches() {
        try (Capture capture = server.capture("eth0", "icmp")) {
            client.askUdp("192.0.2.2", 9, "not recorded", SHORT);
            client.exec("ping", "-c1", "-W5", "192.0.2.2");

            assertThat(capture.awaitPacket("echo request")).contains("192.0.2.1 > 192.0.2.2");
            capture.awaitPacket("echo reply");
            assertThat(capture.packets()).noneMatch(line -> line.contains("length 12"));
        }
    }

    @Test
    void capture_noSuchInterface_saysWhy() {
        assertThatThrownBy(() -> server.capture("eth9", ""))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("eth9");
    }
}
