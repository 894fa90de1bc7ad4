package dev.bailey.engine.kernel;

import dev.bailey.engine.kernel.FakeKernel.FakeLink;
import dev.bailey.engine.kernel.HostChanges.LinkState;
import dev.bailey.engine.model.InterfaceAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reports of a fake kernel: of all links as they are, for an engine must bear to be told what it knows. */
final class FakeReport {
    private FakeReport() {}

    static HostChanges of(
            Map<String, FakeLink> links,
            Set<InterfaceAddress> lost,
            boolean defaultRoutes,
            boolean forwardingOff,
            boolean rules) {
        List<LinkState> states = links.entrySet().stream()
                .map(e -> new LinkState(
                        e.getValue().index, e.getKey(), e.getValue().master, e.getValue().up, e.getValue().mtuBytes))
                .toList();
        return new HostChanges(states, lost, Set.of(), defaultRoutes, forwardingOff, rules, System.nanoTime());
    }
}
