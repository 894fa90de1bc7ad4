package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.kernel.FakeHost;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.simulation.Fate;
import dev.bailey.engine.store.StateStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArrivalsTest {
    private static final Path NETNS = Path.of("/run/netns/blue");

    @TempDir
    Path folder;

    private final BlockingQueue<Runnable> removals = new LinkedBlockingQueue<>();

    private volatile boolean held;

    private void later(Runnable removal) {
        if (held) {
            removals.add(removal);
        } else {
            held = false;
            removal.run();
        }
    }

    /** It comes back when the kernel does not remove its link, and could not be mended without its name. */
    @Test
    void attach_whileAnotherIsLeaving_itsNameAndItsPlaceAreTaken() throws InterruptedException {
        FakeHost kernel = new FakeHost(new Fate(), this::later);
        kernel.addUplink("up0", InterfaceAddress.parse("198.51.100.2/24"), 1500);
        kernel.makeNamespace(NETNS);
        SandboxTarget blue = new SandboxTarget.Foreign(NETNS, "blue");
        try (Engine engine = Engine.start(
                EngineOptions.of(folder.resolve("data"), folder.resolve("exec")), kernel, StateStore.open(folder))) {
            engine.createNetwork(NetworkRequest.of("lan").with(new NetworkOptions(true, true, true)));
            Endpoint first = engine.attach(AttachRequest.of(blue));
            held = true;
            Thread detaching = Thread.ofPlatform().start(() -> engine.detach(first.id()));
            Runnable removal = removals.take();

            assertThatThrownBy(() -> engine.attach(AttachRequest.of(blue, "bridge")))
                    .hasMessage(
                            "sandbox blue is on network bridge already, with 172.17.0.2/16 on eth0, which is leaving:"
                                    + " try again");
            assertThatThrownBy(() ->
                            engine.attach(new AttachRequest(blue, "lan", Optional.empty(), new InterfaceName("eth0"))))
                    .hasMessage("sandbox blue has an interface eth0 already, endpoint "
                            + first.id().shortForm() + " with 172.17.0.2/16, which is leaving: try again");
            assertThat(engine.attach(AttachRequest.of(blue, "lan")).interfaceName())
                    .hasToString("eth1");

            removal.run();
            detaching.join();
            assertThat(engine.attach(AttachRequest.of(blue, "bridge")).interfaceName())
                    .hasToString("eth0");
        }
    }
}
