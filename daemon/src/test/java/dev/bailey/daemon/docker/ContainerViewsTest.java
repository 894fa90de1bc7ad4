package dev.bailey.daemon.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.container.ContainerInspect;
import dev.bailey.api.container.ContainerSummary;
import dev.bailey.api.network.EndpointSettings;
import dev.bailey.api.network.NetworkResource;
import dev.bailey.daemon.Samples;
import dev.bailey.daemon.http.Queries;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointIpv6;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.InterfaceSettings;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkDetails;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.runtime.Bind;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerSpec;
import dev.bailey.runtime.ContainerState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerViewsTest {
    private static final Instant STARTED = Samples.CREATED.plusSeconds(1);
    private static final ContainerSpec SPEC = Samples.spec()
            .labels(Map.of("a", "b"))
            .binds(List.of(new Bind("/a", "/b", true)))
            .build();
    private static final Container RUNNING = Samples.container(SPEC, new ContainerState.Running(4711, STARTED));
    private static final Container EXITED =
            Samples.container(SPEC, new ContainerState.Exited(3, "", false, STARTED, STARTED.plusSeconds(60)));

    private static EndpointSettings onBridge(Map<String, EndpointSettings> networks) {
        return Objects.requireNonNull(networks.get("bridge"));
    }

    @Test
    void summary_running_isWhatDockerShows() {
        ContainerSummary line = ContainerViews.summary(RUNNING, Samples.SNAPSHOT, STARTED.plusSeconds(300));

        assertThat(line.names()).containsExactly("/web");
        assertThat(line.command()).isEqualTo("sh -c true");
        assertThat(line.created()).isEqualTo(Samples.CREATED.getEpochSecond());
        assertThat(line.state()).isEqualTo("running");
        assertThat(line.status()).isEqualTo("Up 5 minutes");
        assertThat(onBridge(line.networkSettings().networks()).ipAddress()).isEqualTo("172.17.0.2");
        assertThat(line.mounts()).singleElement().satisfies(mount -> {
            assertThat(mount.destination()).isEqualTo("/b");
            assertThat(mount.rw()).isFalse();
        });
    }

    @Test
    void summary_exited_tellsCodeAndTime() {
        ContainerSummary line = ContainerViews.summary(EXITED, Snapshot.empty(), STARTED.plusSeconds(90));

        assertThat(line.state()).isEqualTo("exited");
        assertThat(line.status()).isEqualTo("Exited (3) 30 seconds ago");
        assertThat(onBridge(line.networkSettings().networks()).ipAddress()).isEmpty();
    }

    @Test
    void inspect_running_hasStateConfigurationAndNetwork() {
        ContainerInspect all = ContainerViews.inspect(RUNNING, Samples.SNAPSHOT);

        assertThat(all.created()).isEqualTo("2026-01-02T03:04:05.678901234Z");
        assertThat(all.path()).isEqualTo("sh");
        assertThat(all.args()).containsExactly("-c", "true");
        assertThat(all.name()).isEqualTo("/web");
        assertThat(all.state().pid()).isEqualTo(4711);
        assertThat(all.state().finishedAt()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(all.hostConfig().binds()).containsExactly("/a:/b:ro");
        assertThat(all.config().labels()).containsEntry("a", "b");
        assertThat(all.networkSettings().ipAddress()).isEqualTo("172.17.0.2");
        assertThat(all.networkSettings().ipPrefixLen()).isEqualTo(16);
        assertThat(all.networkSettings().gateway()).isEqualTo("172.17.0.1");
        assertThat(all.networkSettings().sandboxKey()).isEqualTo("/run/bailey/netns/0123456789ab");
        assertThat(onBridge(all.networkSettings().networks()).endpointId()).isEqualTo(Samples.ENDPOINT_ID);
    }

    /** As Docker: what there is not is empty, and no prefix length is that of anything. */
    @Test
    void inspect_onANetworkWithoutIpv4_hasNothingOfIpv4() {
        Network network = new Network(
                new NetworkId(Samples.NETWORK_ID),
                "alone",
                new InterfaceName("br-alone"),
                BridgeOwner.ENGINE,
                Optional.empty(),
                1500,
                NetworkOptions.DEFAULT,
                false,
                NetworkDetails.NONE,
                Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:9::/64"))));
        Endpoint endpoint = new Endpoint(
                Samples.ENDPOINT.id(),
                network.id(),
                Samples.SANDBOX.id(),
                Samples.ENDPOINT.interfaceName(),
                Samples.ENDPOINT.hostEnd(),
                Optional.empty(),
                Samples.ENDPOINT.mac(),
                1500,
                List.of(),
                0,
                Optional.of(
                        new EndpointIpv6(Ipv6InterfaceAddress.parse("fd00:9::2/64"), Ipv6Address.parse("fd00:9::1"))),
                RateLimits.NONE,
                Egress.NONE,
                InterfaceSettings.NONE);
        Snapshot snapshot = Snapshot.empty().with(network).with(Samples.SANDBOX).with(endpoint);
        EndpointSettings shown = Objects.requireNonNull(ContainerViews.inspect(RUNNING, snapshot)
                .networkSettings()
                .networks()
                .get("alone"));
        assertThat(shown.ipAddress()).isEmpty();
        assertThat(shown.gateway()).isEmpty();
        assertThat(shown.ipPrefixLen()).isZero();
        assertThat(shown.globalIpv6Address()).isEqualTo("fd00:9::2");
        NetworkResource resource = NetworkViews.inspect(network, snapshot);
        assertThat(resource.enableIpv4()).isFalse();
        assertThat(resource.ipam().config())
                .singleElement()
                .satisfies(config -> assertThat(config.subnet()).isEqualTo("fd00:9::/64"));
        assertThat(resource.containers().values()).singleElement().satisfies(container -> {
            assertThat(container.ipv4Address()).isEmpty();
            assertThat(container.ipv6Address()).isEqualTo("fd00:9::2/64");
        });
    }

    @Test
    void inspect_created_hasNoTimesAndNoAddress() {
        ContainerInspect all = ContainerViews.inspect(
                Samples.container(SPEC, new ContainerState.Created()),
                Snapshot.empty().with(Samples.NETWORK));

        assertThat(all.state().status()).isEqualTo("created");
        assertThat(all.state().startedAt()).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(all.networkSettings().ipAddress()).isEmpty();
        assertThat(onBridge(all.networkSettings().networks()).networkId()).isEqualTo(Samples.NETWORK_ID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|{}|running",
                "all=1|{}|running exited",
                "limit=1|{}|running",
                "``|{\"status\":[\"exited\"]}|exited",
                "``|{\"exited\":[\"3\"]}|exited",
                "all=1|{\"exited\":[\"4\"]}|``",
                "all=1|{\"name\":[\"^/web$\"]}|running exited",
                "all=1|{\"name\":[\"w.b\"]}|running exited",
                "all=1|{\"name\":[\"x\"]}|``",
                "all=1|{\"label\":[\"a=b\"]}|running exited",
                "all=1|{\"label\":[\"a=c\"]}|``",
                "all=1|{\"id\":[\"0123\"]}|running exited",
                "all=1|{\"ancestor\":[\"host\"]}|running exited",
                "all=1|{\"network\":[\"blue\"]}|``"
            })
    void select_queryAndFilters_chooseContainers(String query, String filters, String states) {
        List<ContainerSummary> chosen = ContainerList.select(
                List.of(RUNNING, EXITED),
                Queries.of(query + "&filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8)),
                Samples.SNAPSHOT,
                STARTED);

        assertThat(String.join(" ", chosen.stream().map(ContainerSummary::state).toList()))
                .isEqualTo(states);
    }
}
