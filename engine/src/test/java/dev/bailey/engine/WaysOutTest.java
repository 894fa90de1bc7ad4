package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.EgressPolicy.Exit;
import dev.bailey.engine.firewall.EgressPolicy.Hop;
import dev.bailey.engine.firewall.EgressPolicy.Sender;
import dev.bailey.engine.kernel.FakeHost;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.EgressWay;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.reconcile.FakeAlarm;
import dev.bailey.engine.simulation.Fate;
import dev.bailey.engine.store.StateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which ways packets of each family leave a fake host. */
class WaysOutTest {
    @TempDir
    Path folder;

    private final FakeHost kernel = new FakeHost(new Fate(), Runnable::run);
    private Engine engine;

    @BeforeEach
    void start() {
        kernel.addUplink("up0", InterfaceAddress.parse("198.51.100.2/24"), 1500);
        EngineOptions options = EngineOptions.of(folder.resolve("data"), folder.resolve("exec"));
        engine = Engine.start(options, kernel, StateStore.open(options.dataRoot()), new FakeAlarm());
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private void create(String name, String way, Optional<Ipv6Request> ipv6) {
        NetworkRequest plain =
                NetworkRequest.of(name).with(NetworkOptions.DEFAULT.with(Optional.of(EgressWay.parse(way))));
        engine.createNetwork(ipv6.map(plain::with).orElse(plain));
    }

    private void join(String box, String network, String... egress) {
        Path path = Path.of("/run/netns/" + box);
        kernel.makeNamespace(path);
        engine.attach(AttachRequest.of(new SandboxTarget.Foreign(path, box), network)
                .withEgress(Egress.parse(List.of(egress))));
    }

    /** The next hop of the network's own way. */
    private Optional<Hop> hop(IpFamily family) {
        EgressPolicy policy = kernel.egress(family);
        int number = policy.networks().values().iterator().next();
        return Optional.ofNullable(policy.exits().get(number)).flatMap(Exit::hop);
    }

    /** Tasks of the writer run in the order they came: when this one is done, so are those before. */
    private void settle() {
        engine.removeSandbox(SandboxId.random());
    }

    @Test
    void networkOfOneFamily_hasNoWayInTheOther() {
        create("plain", "uplink=up0", Optional.empty());
        assertThat(kernel.egress(IpFamily.IPV4).networks()).hasSize(1);
        assertThat(kernel.egress(IpFamily.IPV6).isNone()).isTrue();

        create("dual", "uplink=up0", Optional.of(Ipv6Request.ANY));
        assertThat(kernel.egress(IpFamily.IPV6).networks()).hasSize(1);
        assertThat(kernel.egress(IpFamily.IPV6).exits().keySet())
                .as("the same number for the same way")
                .isEqualTo(kernel.egress(IpFamily.IPV4).exits().keySet());
    }

    @Test
    void linkWithoutNextHops_isAWayAsLongAsItIsThere() {
        create("dual", "uplink=wg0", Optional.of(Ipv6Request.ANY));
        for (IpFamily family : IpFamily.values()) {
            assertThat(hop(family)).isEmpty();
        }

        kernel.addDirectLink("wg0");
        kernel.addDirectLink("wg1");
        settle();
        for (IpFamily family : IpFamily.values()) {
            assertThat(hop(family)).isPresent();
            assertThat(hop(family).orElseThrow().gateway()).isEmpty();
            assertThat(kernel.egress(family).exits())
                    .as("that of up0 and of wg0, and not of wg1, which nobody asks for")
                    .hasSize(2);
        }

        kernel.removeUplink("wg0");
        settle();
        assertThat(hop(IpFamily.IPV4)).isEmpty();
        assertThat(hop(IpFamily.IPV6)).isEmpty();
    }

    @Test
    void endpoint_isASenderOfTheFamiliesThatItSaysSomethingOf() {
        create("dual", "uplink=up0", Optional.of(Ipv6Request.ANY));
        join("a", "dual", "ip=192.0.2.7");
        assertThat(kernel.egress(IpFamily.IPV4).senders()).hasSize(1);
        assertThat(kernel.egress(IpFamily.IPV6).senders()).isEmpty();

        join("b", "dual", "allow=10.0.0.0/8");
        Sender limited = kernel.egress(IpFamily.IPV6).senders().iterator().next();
        assertThat(limited.allowed()).as("which is nothing of IPv6").hasSize(1);
        engine.snapshot().endpoints().forEach(endpoint -> engine.detach(endpoint.id()));
        settle();
        for (IpFamily family : IpFamily.values()) {
            assertThat(kernel.egress(family).senders()).isEmpty();
        }
    }
}
