package dev.bailey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The verbs of {@code bailey network}, as requests to the daemon. */
class NetworkTest extends ClientTest {
    private static final String CREATE = "POST /v1.51/networks/create";

    private String body() {
        return daemon.requests().getLast();
    }

    @Test
    void create_manyOptions_becomeTheRequest() {
        daemon.onJson(CREATE, 201, "{\"Id\":\"" + ID + "\",\"Warning\":\"\"}");

        int code = bailey(
                "network",
                "create",
                "--subnet",
                "10.9.0.0/24",
                "--ip-range=10.9.0.128/25",
                "--gateway",
                "10.9.0.254",
                "--aux-address",
                "router=10.9.0.9",
                "--internal",
                "--label",
                "a=b=c",
                "-o",
                "x=1",
                "-o",
                "y",
                "lan");

        assertThat(err()).isEmpty();
        assertThat(code).isZero();
        assertThat(out()).isEqualTo(ID + "\n");
        assertThat(body())
                .contains("\"Name\":\"lan\"", "\"Internal\":true", "\"Labels\":{\"a\":\"b=c\"}")
                .contains("\"Options\":{\"x\":\"1\",\"y\":\"\"}")
                .contains("\"Config\":[{\"Subnet\":\"10.9.0.0/24\",\"IPRange\":\"10.9.0.128/25\","
                        + "\"Gateway\":\"10.9.0.254\",\"AuxiliaryAddresses\":{\"router\":\"10.9.0.9\"}}]");
    }

    @Test
    void create_nameAlone_asksForNothingElse() {
        daemon.onJson(CREATE, 201, "{\"Id\":\"" + ID + "\"}");
        assertThat(bailey("network", "create", "lan")).isZero();
        assertThat(body()).doesNotContain("IPAM", "EnableIPv4", "EnableIPv6");
    }

    @Test
    void create_withoutIpv4_saysSo() {
        daemon.onJson(CREATE, 201, "{\"Id\":\"" + ID + "\"}");
        assertThat(bailey("network", "create", "--ipv4=false", "--ipv6", "lan")).isZero();
        assertThat(body()).contains("\"EnableIPv4\":false", "\"EnableIPv6\":true");
    }

    @Test
    void create_twoSubnetsOrNoName_isRefusedHere() {
        assertThat(bailey("network", "create", "--subnet", "10.9.0.0/24", "--subnet", "10.8.0.0/24", "lan"))
                .isNotZero();
        assertThat(err()).contains("--subnet is given 2 times for IPv4: a network has one");
        assertThat(bailey("network", "create")).isNotZero();
        assertThat(bailey("network", "create", "--label", "=x", "lan")).isNotZero();
        assertThat(err()).contains("--label =x: a name is needed before =");
    }

    @Test
    void connect_wishes_becomeTheRequest() {
        daemon.on("POST /v1.51/networks/lan/connect", DONE);
        assertThat(bailey(
                        "network", "connect", "--ip", "10.9.0.7", "--alias", "db", "--gw-priority", "-3", "lan", "web"))
                .isZero();
        assertThat(body())
                .contains("\"Container\":\"web\"", "\"IPv4Address\":\"10.9.0.7\"", "\"Aliases\":[\"db\"]")
                .contains("\"GwPriority\":-3");
        assertThat(bailey("network", "connect", "--gw-priority", "high", "lan", "web"))
                .isNotZero();
        assertThat(err()).contains("--gw-priority high: a whole number would be right");
        assertThat(bailey("network", "connect", "lan")).isNotZero();
    }

    @Test
    void disconnect_asksWithForce() {
        daemon.on("POST /v1.51/networks/lan/disconnect", DONE);
        assertThat(bailey("network", "disconnect", "-f", "lan", "web")).isZero();
        assertThat(body()).isEqualTo("{\"Container\":\"web\",\"Force\":true}");
    }

    @Test
    void rm_oneRefused_goesOnAndFails() {
        daemon.onJson("DELETE /v1.51/networks/a", 403, "{\"message\":\"network a has active endpoints: web\"}");
        daemon.on("DELETE /v1.51/networks/b", DONE);
        daemon.onJson("DELETE /v1.51/networks/gone", 404, "{\"message\":\"network gone not found\"}");

        assertThat(bailey("network", "rm", "a", "b")).isEqualTo(1);
        assertThat(out()).isEqualTo("b\n");
        assertThat(err()).isEqualTo("bailey: network a has active endpoints: web\n");
        assertThat(bailey("network", "rm", "-f", "gone")).isZero();
    }

    @Test
    void prune_filters_tellsWhatIsGone() {
        daemon.onJson(
                "POST /v1.51/networks/prune?filters=%7B%22label%22%3A%5B%22a%22%5D%7D",
                200, "{\"NetworksDeleted\":[\"lan\",\"two\"]}");
        assertThat(bailey("network", "prune", "-f", "--filter", "label=a")).isZero();
        assertThat(out()).isEqualTo("Deleted Networks:\nlan\ntwo\n");
    }
}
