package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.kernel.FakeHost;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.simulation.Fate;
import dev.bailey.engine.store.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a watchdog learns of an engine. */
@Timeout(60)
class EngineRespondsTest {
    private static final Duration PLENTY = Duration.ofSeconds(30);
    private static final Duration NOT_LONG = Duration.ofMillis(20);

    @TempDir
    Path folder;

    @Test
    void responds_writerHangsAndGoesOn_isToldApart() throws Exception {
        FakeHost kernel = new FakeHost(new Fate(), Runnable::run);
        kernel.addUplink("up0", InterfaceAddress.parse("198.51.100.2/24"), 1500);
        Path netns = Path.of("/run/netns/blue");
        kernel.makeNamespace(netns);
        Engine engine = Engine.start(
                EngineOptions.of(folder.resolve("data"), folder.resolve("exec")), kernel, StateStore.open(folder));
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        engine.subscribe(event -> hang(hanging, release));
        assertThat(engine.responds(PLENTY)).isTrue();

        Thread attaching = Thread.ofPlatform()
                .start(() -> engine.attach(AttachRequest.of(new SandboxTarget.Foreign(netns, "blue"))));
        hanging.await();

        assertThat(engine.responds(NOT_LONG)).isFalse();
        release.countDown();
        assertThat(engine.responds(PLENTY)).isTrue();
        attaching.join();
        engine.close();
        assertThat(engine.responds(PLENTY)).isFalse();
    }

    private static void hang(CountDownLatch hanging, CountDownLatch release) {
        hanging.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
