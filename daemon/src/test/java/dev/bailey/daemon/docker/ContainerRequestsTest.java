package dev.bailey.daemon.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.api.ApiJson;
import dev.bailey.api.container.CreateContainerRequest;
import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.runtime.Bind;
import dev.bailey.runtime.ContainerNetwork;
import dev.bailey.runtime.ContainerSpec;
import dev.bailey.runtime.DnsSettings;
import dev.bailey.runtime.ExtraHost;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerRequestsTest {
    private static ContainerSpec spec(String json) {
        return ContainerRequests.container(
                Optional.of("/web"),
                ApiJson.jsonb().type(CreateContainerRequest.class).fromJson(json));
    }

    @Test
    void container_imageOnly_leavesTheRestOpen() {
        assertThat(spec("{\"Image\":\"host\"}"))
                .isEqualTo(ContainerSpec.builder("host").name("web").build());
    }

    @Test
    void container_everything_isPassedOn() {
        ContainerSpec spec = spec("""
                {"Image":"host","Hostname":"h","User":"1:2","Tty":true,"OpenStdin":true,"StdinOnce":true,"Env":["A=b"],
                "Cmd":["a","b"],"WorkingDir":"/w","Entrypoint":["e"],"Labels":{"l":"m"},"StopSignal":"SIGINT","StopTimeout":3,
                "HostConfig":{"Binds":["/a:/b:ro"],"NetworkMode":"default","AutoRemove":true,"Dns":["192.0.2.1"],
                "DnsOptions":["ndots:2"],"DnsSearch":["example.com"],"ExtraHosts":["x:192.0.2.2"]},
                "NetworkingConfig":{"EndpointsConfig":{"default":{"IPAMConfig":{"IPv4Address":"172.17.0.9"}}}}}""");

        assertThat(spec)
                .isEqualTo(ContainerSpec.builder("host")
                        .name("web")
                        .hostname("h")
                        .user("1:2")
                        .tty(true)
                        .openStdin(true)
                        .stdinOnce(true)
                        .environment(List.of("A=b"))
                        .command(List.of("a", "b"))
                        .workingDirectory("/w")
                        .entrypoint(List.of("e"))
                        .labels(Map.of("l", "m"))
                        .stopSignal("SIGINT")
                        .stopTimeout(Duration.ofSeconds(3))
                        .binds(List.of(new Bind("/a", "/b", true)))
                        .autoRemove(true)
                        .dns(new DnsSettings(List.of("192.0.2.1"), List.of("example.com"), List.of("ndots:2")))
                        .extraHosts(List.of(new ExtraHost("x", "192.0.2.2")))
                        .address("172.17.0.9")
                        .build());
    }

    @Test
    void container_entrypointOfOneEmptyText_isNone() {
        assertThat(spec("{\"Image\":\"host\",\"Entrypoint\":[\"\"]}").entrypoint())
                .contains(List.of());
        assertThat(spec("{\"Image\":\"host\",\"Entrypoint\":[]}").entrypoint()).isEmpty();
    }

    @Test
    void container_contradiction_isRefused() {
        assertThatThrownBy(() -> spec("{}"))
                .isInstanceOf(HttpFailure.class)
                .hasMessageStartingWith("no image is named");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "container:db"})
    void container_inTheNetworkOfSomebodyElse_hasNoEndpoint_withWhatDockersClientSendsToo(String mode) {
        ContainerSpec spec = spec("""
                {"Image":"host","HostConfig":{"NetworkMode":"%1$s"},
                "NetworkingConfig":{"EndpointsConfig":{"%1$s":{"GwPriority":0}}}}""".formatted(mode));
        assertThat(spec.networks()).isEmpty();
        assertThat(spec)
                .isEqualTo(
                        ContainerSpec.builder("host").name("web").network(mode).build());
    }

    @Test
    void container_severalNetworks_thatOfTheModeIsFirst() {
        ContainerSpec spec = spec("""
                {"Image":"host","HostConfig":{"NetworkMode":"lan"},"NetworkingConfig":{"EndpointsConfig":{
                "blue":null,"lan":{"IPAMConfig":{"IPv4Address":"10.9.0.7"},"Aliases":["db"],"MacAddress":"02:42:00:00:00:01"},
                "default":{"GwPriority":1}}}}""");
        assertThat(spec.network()).isEqualTo("lan");
        assertThat(spec.networks())
                .containsExactly(
                        new ContainerNetwork(
                                "lan",
                                Optional.of("10.9.0.7"),
                                Optional.of("02:42:00:00:00:01"),
                                List.of("db"),
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                List.of()),
                        ContainerNetwork.of("blue", Optional.empty()),
                        new ContainerNetwork(
                                "bridge",
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                1,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"HostConfig\":null,\"Volumes\":{},\"Healthcheck\":null}",
                "{\"HostConfig\":{\"Memory\":0,\"PortBindings\":{},\"RestartPolicy\":{\"Name\":\"no\",\"MaximumRetryCount\":0},"
                        + "\"CgroupnsMode\":\"\",\"IpcMode\":\"private\",\"PidsLimit\":null,\"MemorySwappiness\":-1,\"ConsoleSize\":[50,80],"
                        + "\"LogConfig\":{\"Type\":\"\",\"Config\":{}},\"Privileged\":false,\"Devices\":[],\"NetworkMode\":\"blue\"}}"
            })
    void unsupported_nothingAskedFor_passes(String json) {
        UnsupportedSettings.check(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Volumes\":{\"/a\":{}}}|Volumes is not supported: leave it out",
                "{\"HostConfig\":{\"Memory\":1}}|HostConfig.Memory is not supported: leave it out",
                "{\"HostConfig\":{\"Privileged\":true}}|HostConfig.Privileged is not supported: leave it out",
                "{\"HostConfig\":{\"CapAdd\":[\"ALL\"]}}|HostConfig.CapAdd is not supported: leave it out",
                "{\"HostConfig\":{\"PidMode\":\"host\"}}|HostConfig.PidMode is not supported: leave it out",
                "{\"HostConfig\":{\"RestartPolicy\":{\"Name\":\"always\"}}}|HostConfig.RestartPolicy 'always' is not supported: leave it out",
                "{\"HostConfig\":{\"IpcMode\":\"host\"}}|HostConfig.IpcMode 'host' is not supported: leave it out"
            })
    void unsupported_somethingAskedFor_isRefused(String json, String message) {
        assertThatThrownBy(() -> UnsupportedSettings.check(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.status()).isEqualTo(501))
                .hasMessage(message);
    }
}
