package dev.bailey.runtime;

import dev.bailey.runtime.conmon.Monitors;
import dev.bailey.runtime.oci.OciRuntime;
import dev.bailey.runtime.oci.RuntimeProbe;
import dev.bailey.runtime.state.ContainerFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** conmon and the OCI runtime of this host, found when first wanted and kept. Safe for any thread. */
final class HostPrograms implements Starter.Programs {
    private final RuntimeOptions options;
    // Guards the probe, which must not run twice at once.
    private final ReentrantLock probing = new ReentrantLock();
    private volatile @Nullable OciRuntime runtime;
    private volatile @Nullable Monitors monitors;

    HostPrograms(RuntimeOptions options) {
        this.options = options;
    }

    @Override
    public Monitors monitors() {
        Monitors found = monitors;
        if (found == null) {
            found = Monitors.find(ContainerFolders.exits(options.execRoot()));
            monitors = found;
        }
        return found;
    }

    @Override
    public OciRuntime runtime() throws IOException, InterruptedException {
        OciRuntime found = runtime;
        if (found != null) {
            return found;
        }
        probing.lockInterruptibly();
        try {
            found = new OciRuntime(probe().find(), root());
            runtime = found;
            return found;
        } finally {
            probing.unlock();
        }
    }

    @Override
    public Optional<OciRuntime> knownRuntime() {
        OciRuntime found = runtime;
        return found != null ? Optional.of(found) : probe().kept().map(program -> new OciRuntime(program, root()));
    }

    private RuntimeProbe probe() {
        return new RuntimeProbe(
                options.dataRoot().resolve("oci-runtime.json"),
                options.execRoot().resolve("probe"),
                "/" + options.cgroupParent() + "/probe");
    }

    private Path root() {
        return options.execRoot().resolve("oci");
    }
}
