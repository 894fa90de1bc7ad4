package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.firewall.RuleSet;
import dev.bailey.engine.kernel.FakeHost;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.simulation.Fate;
import dev.bailey.engine.store.StateStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DismantlingTest {
    private static final String FORWARDING = "net.ipv4.ip_forward";
    private static final Path NETNS = Path.of("/run/netns/blue");

    @TempDir
    Path folder;

    private final Fate fate = new Fate();
    private final FakeHost kernel = new FakeHost(fate, Runnable::run);

    @BeforeEach
    void build() {
        kernel.addUplink("up0", InterfaceAddress.parse("198.51.100.2/24"), 1500);
        kernel.makeNamespace(NETNS);
    }

    private EngineOptions options(FirewallBackend backend) {
        return EngineOptions.of(folder, Path.of("/exec")).withFirewallBackend(backend);
    }

    private Engine start(FirewallBackend backend) {
        return Engine.start(options(backend), kernel, StateStore.open(folder));
    }

    private void dismantle(FirewallBackend backend) {
        try (StateStore store = StateStore.open(folder)) {
            new Dismantling(options(backend), kernel, store).run();
        }
    }

    @Test
    void run_afterAnyBackend_nothingIsLeft() {
        for (FirewallBackend backend : FirewallBackend.values()) {
            String forwardingBefore = kernel.setting(FORWARDING);
            Engine engine = start(backend);
            engine.attach(AttachRequest.of(new SandboxTarget.Foreign(NETNS, "blue")));
            engine.createSandbox(SandboxId.random(), "red");
            assertThat(kernel.allLinks()).hasSizeGreaterThan(2);
            engine.close();

            dismantle(backend);

            assertThat(kernel.allLinks()).containsOnlyKeys("up0");
            assertThat(kernel.namespacePaths()).containsExactly(NETNS);
            assertThat(kernel.nftables()).isEqualTo(RuleSet.EMPTY);
            assertThat(kernel.iptables()).isEmpty();
            assertThat(kernel.setting(FORWARDING)).isEqualTo(forwardingBefore);
        }
    }

    @Test
    void run_thenAnEngineAgain_theNetworkIsAsItWas() {
        Engine before = start(FirewallBackend.NFTABLES);
        var network = before.snapshot().defaultNetwork();
        before.attach(AttachRequest.of(new SandboxTarget.Foreign(NETNS, "blue")));
        before.close();

        dismantle(FirewallBackend.NFTABLES);
        dismantle(FirewallBackend.NFTABLES);

        Engine after = start(FirewallBackend.NFTABLES);
        assertThat(after.snapshot().defaultNetwork()).isEqualTo(network);
        assertThat(after.snapshot().sandboxes()).isEmpty();
        assertThat(after.snapshot().endpoints()).isEmpty();
        after.close();
    }
}
