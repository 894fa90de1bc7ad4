package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.HostIpv6Ranges;
import dev.bailey.engine.kernel.HostRanges;
import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.kernel.KernelEvent;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.kernel.PortObstacle;
import dev.bailey.engine.kernel.RuleDamage;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.kernel.SandboxStep;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.TransportProtocol;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Sysctl;
import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.route.RouteConnection;
import dev.bailey.netlink.route.RouteRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The kernel of the network namespace that it was opened in.
 *
 * <p>It owns a route socket and an nf_tables socket for the writer, threads that
 * follow links and what others change, and a few that wait for removals. None of its descriptors holds a sandbox's namespace for longer than one
 * step.
 */
public final class LinuxKernel implements Kernel {
    private final long home;
    private final RouteConnection route;
    private final HostObserver observer;
    private final LinkWatcher watcher;
    private final ChangeWatcher changes;
    private final Reaper reaper = new Reaper();
    private final LinkSteps links;
    private final RuleSteps rules;
    private final IptablesSteps iptables;
    private final GuardSteps guards;
    private final Map<IpFamily, EgressSteps> egress;
    private final ForwardPasses passes;
    private final FlowFlusher flows = FlowFlusher.start();

    private LinuxKernel(
            long home,
            RouteConnection route,
            LinkWatcher watcher,
            ChangeWatcher changes,
            LinkSteps links,
            RuleSteps rules,
            IptablesSteps iptables,
            GuardSteps guards,
            Map<IpFamily, EgressSteps> egress,
            ForwardPasses passes) {
        this.home = home;
        this.route = route;
        this.observer = new HostObserver(route);
        this.watcher = watcher;
        this.changes = changes;
        this.links = links;
        this.rules = rules;
        this.iptables = iptables;
        this.guards = guards;
        this.egress = egress;
        this.passes = passes;
    }

    /**
     * Opens the kernel of the calling thread's network namespace, and follows its links from now on.
     *
     * @throws KernelException when this process may not, or the kernel lacks what every network needs
     */
    public static LinuxKernel open() {
        return open(HostProgram.folders());
    }

    /**
     * Opens the kernel as {@link #open()} does, with programs of other places.
     *
     * @param programs the folders in which the programs of iptables are looked for, first come first
     * @throws KernelException when this process may not, or the kernel lacks what every network needs
     */
    public static LinuxKernel open(List<Path> programs) {
        return get(() -> {
            RouteConnection route = RouteConnection.open();
            NftablesConnection nftables = NftablesConnection.open();
            WatchedRules watched = new WatchedRules();
            ForwardPasses passes = new ForwardPasses(nftables);
            return new LinuxKernel(
                    NetworkNamespace.inodeOfCurrentThread(),
                    route,
                    LinkWatcher.open(),
                    ChangeWatcher.open(route.portId(), nftables.portId(), watched),
                    LinkSteps.open(route),
                    new RuleSteps(nftables, watched, passes),
                    new IptablesSteps(programs, new IptablesTables(nftables), watched, passes),
                    new GuardSteps(nftables, watched),
                    EgressSteps.ofEachFamily(nftables, route, watched),
                    passes);
        });
    }

    @Override
    public HostView observe() {
        return get(observer::observe);
    }

    @Override
    public HostRanges usedRanges() {
        return get(observer::usedRanges);
    }

    @Override
    public HostIpv6Ranges usedIpv6Ranges() {
        return get(observer::usedIpv6Ranges);
    }

    @Override
    public HostView observe(Collection<InterfaceName> names) {
        return get(() -> observer.observe(names));
    }

    @Override
    public RuleDamage brokenRules() {
        return get(() -> {
            RuleDamage ofIptables = iptables.broken();
            List<String> broken = new ArrayList<>(rules.broken());
            broken.addAll(ofIptables.broken());
            broken.addAll(guards.broken());
            for (EgressSteps steps : egress.values()) {
                broken.addAll(steps.broken());
            }
            broken.addAll(passes.broken());
            return new RuleDamage(broken, ofIptables.displaced());
        });
    }

    @Override
    public void apply(Step step) {
        run(() -> {
            switch (step) {
                case LinkStep s -> apply(s);
                case SandboxStep s -> apply(s);
                case RuleStep s -> apply(s);
                case Step.WriteSetting s -> Sysctl.write(s.name(), s.value());
            }
        });
    }

    private void apply(LinkStep step) throws IOException {
        switch (step) {
            case LinkStep.CreateBridge s -> links.createBridge(s);
            case LinkStep.AddAddress s -> links.addAddress(s);
            case LinkStep.RemoveAddress s -> links.removeAddress(s);
            case LinkStep.AddRoute s -> links.addRoute(s);
            case LinkStep.SetLinkUp s ->
                route.request(RouteRequests.setUp(s.link().value(), true));
            case LinkStep.SetMtu s ->
                route.request(RouteRequests.setMtu(s.link().value(), s.mtuBytes()));
            case LinkStep.SetMaster s -> links.setMaster(s);
            case LinkStep.SetIsolated s ->
                route.request(RouteRequests.setIsolated(s.link().value(), s.isolated()));
            case LinkStep.SetHairpin s ->
                route.request(RouteRequests.setHairpin(s.link().value(), s.on()));
            case LinkStep.CreateVeth s -> links.createVeth(s);
            case LinkStep.LimitHostEnd s -> links.limitHostEnd(s);
            case LinkStep.RemoveLink s ->
                remove(RouteRequests.deleteLink(s.link().value()));
        }
    }

    private void apply(SandboxStep step) throws IOException {
        switch (step) {
            case SandboxStep.CreateNamespace s -> createNamespace(s.path());
            case SandboxStep.RemoveNamespace s -> NetworkNamespace.unbind(s.path());
            case SandboxStep.LimitSandboxEnd s -> links.limitSandboxEnd(s);
            case SandboxStep.ConfigureSandboxEnd s -> links.configureSandboxEnd(s);
            case SandboxStep.MoveDefaultRoute s -> links.moveDefaultRoute(s);
            case SandboxStep.CommitSourceRoutes s -> links.commitSourceRoutes(s);
        }
    }

    private void apply(RuleStep step) throws IOException {
        switch (step) {
            case RuleStep.CommitRules s -> rules.commit(s.wanted(), s.ports());
            case RuleStep.ChangePorts s -> rules.change(s);
            case RuleStep.CommitIptables s -> iptables.commit(s.wanted());
            case RuleStep.ChangeIptables s -> iptables.commit(s.after());
            case RuleStep.ForgetFlows s -> FlowSteps.forget(s);
            case RuleStep.CommitGuards s -> guards.commit(s.wanted());
            case RuleStep.AddGuard s -> guards.add(s.guard());
            case RuleStep.RemoveGuard s -> guards.remove(s.guard());
            case RuleStep.CommitEgress s -> egress(s.wanted().family()).commit(s.wanted());
            case RuleStep.SetSender s -> egress(s.sender().family()).set(s.sender(), s.on());
            case RuleStep.RemoveRules s -> removeRules(s.backend());
        }
    }

    private EgressSteps egress(IpFamily family) {
        return Objects.requireNonNull(egress.get(family));
    }

    private void removeRules(FirewallBackend backend) throws IOException {
        switch (backend) {
            case NFTABLES -> rules.remove();
            case IPTABLES -> iptables.remove();
        }
    }

    private void remove(Request removal) throws IOException {
        try {
            route.request(removal);
        } catch (IOException refusal) {
            if (Refusals.reason(refusal) != KernelException.Reason.ABSENT) {
                throw refusal;
            }
        }
    }

    private void createNamespace(Path path) throws IOException {
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            links.setLoopbackUp(namespace);
            namespace.bindTo(path);
        }
    }

    @Override
    public CompletionStage<Void> removeLinkLater(InterfaceName name) {
        return watcher.removal(name.value(), reaper);
    }

    @Override
    public OptionalLong namespaceAt(Path path) {
        try (NetworkNamespace namespace = NetworkNamespace.open(path)) {
            return OptionalLong.of(namespace.inode());
        } catch (LinuxException notThere) {
            return OptionalLong.empty();
        }
    }

    @Override
    public boolean isHome() {
        try {
            return NetworkNamespace.inodeOfCurrentThread() == home;
        } catch (LinuxException withoutProc) {
            return false;
        }
    }

    @Override
    public List<Path> namespacesIn(Path folder) {
        return get(() -> {
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.toList();
            }
        });
    }

    @Override
    public Optional<PortObstacle> portObstacle(TransportProtocol protocol, IpAddress address, PortRange ports) {
        return get(() -> HostPorts.obstacle(protocol, address, ports));
    }

    @Override
    public void forgetFlowsLater(Collection<PublishedPort> ports) {
        flows.flush(ports);
    }

    @Override
    public Optional<String> readSetting(String name) {
        try {
            return Optional.of(Sysctl.read(name));
        } catch (LinuxException refusal) {
            if (Refusals.reason(refusal) == KernelException.Reason.ABSENT) {
                return Optional.empty();
            }
            throw Refusals.translated(refusal);
        }
    }

    @Override
    public void watch(Consumer<KernelEvent> consumer) {
        watcher.start(consumer);
        changes.start(consumer);
    }

    @Override
    public void close() {
        watcher.close();
        changes.close();
        reaper.close();
        flows.close();
        links.close();
        rules.close();
        route.close();
    }

    private interface Call<T> {
        T call() throws IOException;
    }

    private interface Action {
        void run() throws IOException;
    }

    private static <T> T get(Call<T> call) {
        try {
            return call.call();
        } catch (IOException refusal) {
            throw Refusals.translated(refusal);
        }
    }

    private static void run(Action action) {
        try {
            action.run();
        } catch (IOException refusal) {
            throw Refusals.translated(refusal);
        }
    }
}
