package dev.bailey.engine;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.SandboxStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.reconcile.Executor;
import dev.bailey.engine.store.RecoveredState;
import dev.bailey.engine.store.RecoveredState.Phase;
import dev.bailey.engine.store.RecoveredState.RecoveredEndpoint;
import dev.bailey.engine.store.StateRecord;
import dev.bailey.engine.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that engines with one data root have made on a host, taken away again. Goes on past refusals; O(what they made). */
final class Dismantling {
    private final EngineOptions options;
    private final Kernel kernel;
    private final StateStore store;
    private final RecoveredState made;

    Dismantling(EngineOptions options, Kernel kernel, StateStore store) {
        this.options = options;
        this.kernel = kernel;
        this.store = store;
        this.made = store.recovered();
    }

    /**
     * Takes it away and writes down that endpoints and sandboxes are gone; networks stay written down.
     *
     * @throws EngineException INTERNAL, naming everything that the kernel refused to let go
     */
    void run() {
        List<KernelException> refusals = new Executor(kernel).applyEach(steps());
        made.endpoints().forEach(endpoint -> store.append(ended(endpoint)));
        made.leavingNetworks().forEach(network -> store.append(new StateRecord.NetworkRemoved(network.id())));
        made.sandboxes().forEach(sandbox -> store.append(new StateRecord.SandboxRemoved(sandbox.id())));
        if (!refusals.isEmpty()) {
            String all = refusals.stream().map(KernelException::getMessage).collect(Collectors.joining("; "));
            EngineException failure =
                    new EngineException(ErrorCode.INTERNAL, "not everything could be removed: " + all);
            refusals.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private static StateRecord ended(RecoveredEndpoint recovered) {
        return recovered.phase() == Phase.ATTACHING
                ? new StateRecord.AttachUndone(recovered.endpoint().id())
                : new StateRecord.DetachDone(recovered.endpoint().id());
    }

    private List<Step> steps() {
        HostView host = kernel.observe();
        List<Step> steps = new ArrayList<>();
        made.endpoints()
                .forEach(each ->
                        steps.add(new LinkStep.RemoveLink(each.endpoint().hostEnd())));
        made.sandboxes().stream()
                .filter(Sandbox::owned)
                .forEach(sandbox -> steps.add(new SandboxStep.RemoveNamespace(sandbox.netns())));
        kernel.namespacesIn(options.namespaces()).forEach(path -> steps.add(new SandboxStep.RemoveNamespace(path)));
        Stream.concat(made.networks().stream(), made.leavingNetworks().stream())
                .filter(network -> network.owner() == BridgeOwner.ENGINE)
                .filter(network -> host.link(network.bridge().value())
                        .filter(link -> link.kind() == HostView.LinkKind.BRIDGE)
                        .isPresent())
                .forEach(network -> steps.add(new LinkStep.RemoveLink(network.bridge())));
        steps.add(new RuleStep.CommitGuards(Set.of()));
        for (IpFamily family : IpFamily.values()) {
            steps.add(new RuleStep.CommitEgress(EgressPolicy.none(family), EgressPolicy.none(family)));
        }
        for (FirewallBackend backend : FirewallBackend.values()) {
            steps.add(new RuleStep.RemoveRules(backend));
        }
        made.hostSettings().entrySet().forEach(setting -> putBack(setting, steps));
        return steps;
    }

    private void putBack(Map.Entry<String, String> setting, List<Step> steps) {
        kernel.readSetting(setting.getKey())
                .filter(value -> !value.equals(setting.getValue()))
                .ifPresent(value -> steps.add(new Step.WriteSetting(setting.getKey(), setting.getValue(), value)));
    }
}
