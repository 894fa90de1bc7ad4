package dev.bailey.daemon.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.runtime.ContainerNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointOptionsTest {
    private static final Map<String, String> ALL = Map.of(
            "com.docker.network.endpoint.ifname", "lan0",
            "com.docker.network.endpoint.sysctls", "net.ipv4.conf.ifname.log_martians=1,net.ipv6.conf.IFNAME.mtu=1280",
            "dev.bailey.endpoint.rate_in", "10mbit",
            "dev.bailey.egress.uplink", "eth1",
            "dev.bailey.egress.ip", "192.0.2.7,2001:db8::7",
            "dev.bailey.egress.allow", "10.0.0.0/8,192.0.2.1:443,[2001:db8::1]:443");

    @Test
    void options_areReadAndWrittenAgain() {
        EndpointOptions options = EndpointOptions.of(ALL);
        assertThat(options.rateIn()).contains("10mbit");
        assertThat(options.interfaceName()).contains("lan0");
        assertThat(options.egress())
                .containsExactly(
                        "uplink=eth1",
                        "ip=192.0.2.7",
                        "ip=2001:db8::7",
                        "allow=10.0.0.0/8",
                        "allow=192.0.2.1:443/tcp",
                        "allow=[2001:db8::1]:443/tcp");

        ContainerNetwork network = new ContainerNetwork(
                "lan",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                options.rateIn(),
                options.rateOut(),
                options.egress(),
                options.interfaceName(),
                options.settings().words());
        assertThat(EndpointOptions.print(network))
                .containsEntry("dev.bailey.egress.allow", "10.0.0.0/8,192.0.2.1:443/tcp,[2001:db8::1]:443/tcp")
                .containsEntry("dev.bailey.egress.ip", "192.0.2.7,2001:db8::7")
                .containsEntry("dev.bailey.egress.uplink", "eth1")
                .containsEntry("com.docker.network.endpoint.ifname", "lan0")
                .containsEntry(
                        "com.docker.network.endpoint.sysctls",
                        "net.ipv4.conf.IFNAME.log_martians=1,net.ipv6.conf.IFNAME.mtu=1280")
                .hasSameSizeAs(ALL);
        assertThat(EndpointOptions.print(ContainerNetwork.of("lan", Optional.empty())))
                .isNull();
    }

    @Test
    void options_writtenWrong_areRefused() {
        assertThatThrownBy(() -> EndpointOptions.of(Map.of("dev.bailey.egress.link", "eth1")))
                .hasMessageContaining(
                        "unknown option dev.bailey.egress.link: an endpoint has com.docker.network.endpoint.ifname,");
        assertThatThrownBy(() -> EndpointOptions.of(Map.of("dev.bailey.egress.allow", "example.org")))
                .hasMessageContaining("options dev.bailey.egress.*: 'example.org' is nowhere to send to");
        assertThatThrownBy(() ->
                        EndpointOptions.of(Map.of("dev.bailey.egress.uplink", "a", "dev.bailey.egress.table", "7")))
                .hasMessageContaining("packets leave by one uplink or one table");
        assertThatThrownBy(() -> EndpointOptions.of(Map.of("dev.bailey.egress.ip", "192.0.2.7,192.0.2.8")))
                .hasMessageContaining("packets leave with one IPv4 address: leave the other out");
        assertThatThrownBy(() -> EndpointOptions.of(Map.of("com.docker.network.endpoint.ifname", "a/b")))
                .hasMessageContaining("option com.docker.network.endpoint.ifname: 'a/b' is not an interface name");
        assertThatThrownBy(() ->
                        EndpointOptions.of(Map.of("com.docker.network.endpoint.sysctls", "net.ipv4.ip_forward=1")))
                .hasMessageContaining("option com.docker.network.endpoint.sysctls: 'net.ipv4.ip_forward=1' is not a"
                        + " setting of an interface");
    }
}
