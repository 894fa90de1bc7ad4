package dev.bailey.daemon.main;

import dev.bailey.engine.dns.DnsOverrides;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.runtime.ContainerException;
import dev.bailey.runtime.Containers;
import dev.bailey.runtime.DnsSettings;
import java.util.function.Supplier;

/**
 * What takes the place of the host's servers for the sandbox of a container: its own settings, else the daemon's.
 *
 * @param containers those that there are
 * @param usual the daemon's settings
 */
record ContainerDns(Containers containers, Supplier<DnsSettings> usual) {
    /** The settings for one sandbox. */
    DnsOverrides of(SandboxId sandbox) {
        DnsSettings settings = usual.get().overriddenBy(own(sandbox));
        return new DnsOverrides(settings.servers(), settings.searchDomains(), settings.options());
    }

    private DnsSettings own(SandboxId sandbox) {
        try {
            return containers.inspect(sandbox.value()).spec().dns();
        } catch (ContainerException noContainer) {
            return DnsSettings.NONE;
        }
    }
}
