package dev.bailey.daemon.main;

import dev.bailey.engine.Engine;
import dev.bailey.engine.EngineException;
import dev.bailey.engine.EngineOptions;
import dev.bailey.runtime.Container;
import dev.bailey.runtime.ContainerException;
import dev.bailey.runtime.Containers;
import dev.bailey.runtime.RuntimeOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of Bailey on a host: its containers end, and all that gave them their network is taken away. */
final class Dismantling {
    private static final Logger LOG = LoggerFactory.getLogger(Dismantling.class);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Dismantling() {}

    /**
     * Does it; what is on disk stays.
     *
     * @throws StartException when a daemon serves
     */
    static void run(LiveSettings settings) throws IOException {
        DaemonOptions options = settings.options();
        SocketFile.checkFree(options.socket());
        EngineOptions engine = Daemon.engineOptions(options);
        try {
            endContainers(settings, engine);
        } catch (EngineException | ContainerException failure) {
            LOG.warn("containers could not be ended: {}", failure.getMessage());
        }
        Engine.dismantle(engine);
    }

    private static void endContainers(LiveSettings settings, EngineOptions engineOptions) {
        DaemonOptions options = settings.options();
        try (Engine engine = Engine.start(engineOptions);
                Containers containers = Containers.open(
                        RuntimeOptions.of(options.dataRoot(), options.execRoot(), settings::dns),
                        new EngineSandboxNetwork(engine))) {
            containers.list().stream()
                    .filter(Container::running)
                    .parallel()
                    .forEach(container -> containers.stop(container.id(), Optional.of(GRACE)));
        }
    }
}
