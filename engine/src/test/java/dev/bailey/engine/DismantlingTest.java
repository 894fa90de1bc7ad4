package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.kernel.FakeKernel;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.SandboxId;
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

    private final FakeKernel kernel = new FakeKernel();

    @BeforeEach
    void build() {
        kernel.addUplink("up0", InterfaceAddress.parse("198.51.100.2/24"), 1500);
        kernel.addNamespace(NETNS);
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
            assertThat(kernel.links()).hasSizeGreaterThan(2);
            engine.close();

            dismantle(backend);

            assertThat(kernel.links()).containsOnlyKeys("up0");
            assertThat(kernel.namespaces()).containsOnlyKeys(NETNS);
            assertThat(kernel.rules()).isEmpty();
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
