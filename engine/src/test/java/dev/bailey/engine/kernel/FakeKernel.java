package dev.bailey.engine.kernel;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.kernel.HostChanges.LinkState;
import dev.bailey.engine.kernel.HostView.HostIpv6Route;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.HostRoute;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.kernel.KernelException.Reason;
import dev.bailey.engine.kernel.SandboxStep.SourceRoute;
import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.TransportProtocol;
import dev.bailey.engine.plan.Ipv6Settings;
import dev.bailey.engine.simulation.Fate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A kernel made of maps, which outlives the engines that use it. What other threads of the adapter would do, such as
 * reporting a change, is handed to whoever decides when it happens. Thread-safe.
 */
public class FakeKernel implements Kernel {
    /** The port that a process of the host has. */
    public static final int TAKEN_PORT = 7777;

    private static final int ETHERNET_MTU = 1500;
    private static final Map<String, String> IPV6_DEFAULTS =
            Map.of("disable_ipv6", "0", "accept_ra", "1", "addr_gen_mode", "0");

    final Map<String, FakeLink> links = new TreeMap<>();
    final Map<Path, Long> namespaces = new TreeMap<>();
    /** The source routes of namespaces, by their inode, each with the index of the host end that its end had. */
    final Map<Long, Map<SourceRoute, Integer>> sourceRoutes = new TreeMap<>();

    final Map<String, String> settings = new TreeMap<>();
    final List<HostRoute> routes = new ArrayList<>();
    final List<HostIpv6Route> ipv6Routes = new ArrayList<>();
    final FakeRules rules = new FakeRules();
    final Set<Ipv4Address> forgotten = new HashSet<>();
    final Set<PublishedPort> flushed = new HashSet<>();
    /** The guards that there are, and those that its engine has asked for. */
    final Set<Guard> guards = new HashSet<>();

    final Set<Guard> wantedGuards = new HashSet<>();
    /** By which ways packets leave, and what its engine has asked for. */
    final Map<IpFamily, EgressPolicy> egress = new EnumMap<>(IpFamily.class);

    final Map<IpFamily, EgressPolicy> wantedEgress = new EnumMap<>(IpFamily.class);
    private int questions;
    private final FakeSteps steps = new FakeSteps(this);
    private final Fate fate;
    private final Consumer<Runnable> elsewhere;
    private Consumer<KernelEvent> consumer = _ -> {};
    private int lastIndex = 1;
    private long lastInode = 4_026_530_000L;

    /**
     * An empty one.
     *
     * @param fate what refuses its steps and ends its engine
     * @param elsewhere takes what happens later, on another thread
     */
    public FakeKernel(Fate fate, Consumer<Runnable> elsewhere) {
        this.fate = fate;
        this.elsewhere = elsewhere;
        settings.put("net.ipv4.ip_forward", "0");
        settings.put(Ipv6Settings.FORWARDING, "0");
        IPV6_DEFAULTS.forEach((name, value) -> settings.put("net.ipv6.conf.default." + name, value));
    }

    /** The process that used it is gone, and nobody listens. */
    public synchronized void processGone() {
        consumer = _ -> {};
        rules.forget();
        wantedGuards.clear();
        wantedEgress.clear();
    }

    /** Tells whoever listens, in a while. */
    void report(KernelEvent event) {
        Consumer<KernelEvent> to = consumer;
        elsewhere.accept(() -> to.accept(event));
    }

    FakeLink add(String name, LinkKind kind) {
        FakeLink link = new FakeLink(++lastIndex, kind, ETHERNET_MTU);
        links.put(name, link);
        return link;
    }

    static String ipv6Setting(InterfaceName link, String name) {
        return Ipv6Settings.name(link.value(), name);
    }

    /** A new link has what new links get. */
    void inheritSettings(InterfaceName link) {
        IPV6_DEFAULTS
                .keySet()
                .forEach(name -> settings.put(
                        ipv6Setting(link, name), String.valueOf(settings.get("net.ipv6.conf.default." + name))));
    }

    /** Without IPv6 a link has no IPv6 addresses. */
    void write(String name, String value) {
        settings.put(name, value);
        for (Map.Entry<String, FakeLink> link : links.entrySet()) {
            if (value.equals("1") && name.equals(Ipv6Settings.name(link.getKey(), "disable_ipv6"))) {
                Set<LinkAddress> lost = Set.copyOf(link.getValue().ipv6Addresses);
                link.getValue().ipv6Addresses.clear();
                report(List.of(), lost, false);
            }
        }
    }

    /** The index of a link that is born in a sandbox. */
    void skipIndex() {
        lastIndex++;
    }

    void addNamespace(Path path) {
        namespaces.put(path, ++lastInode);
    }

    /** A link goes, its ports with no bridge any more, and whoever listens is told. */
    void remove(String name) {
        FakeLink gone = links.remove(name);
        if (gone != null) {
            links.values().stream().filter(port -> port.master == gone.index).forEach(port -> port.master = 0);
            links.keySet().forEach(this::reportLink);
            routes.removeIf(route -> route.link() == gone.index);
            ipv6Routes.removeIf(route -> route.link() == gone.index);
            settings.keySet().removeIf(setting -> setting.startsWith(Ipv6Settings.name(name, "")));
            report(new KernelEvent.LinkRemoved(name));
        }
    }

    /** A namespace dies, and with it every link that has an end in it. */
    void removeNamespace(Path path) {
        Long inode = namespaces.remove(path);
        if (inode != null) {
            sourceRoutes.remove(inode);
            links.entrySet().stream()
                    .filter(link -> link.getValue().isIn(inode))
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(this::remove);
        }
    }

    @Override
    public synchronized HostView observe() {
        ask("observe");
        return view();
    }

    private void ask(String question) {
        questions++;
        if (fate.refuses(question)) {
            throw refused(question);
        }
    }

    /** How often it was asked what there is. */
    public int questions() {
        return questions;
    }

    private HostView view() {
        List<HostLink> seen = links.entrySet().stream()
                .map(link -> link.getValue().view(link.getKey()))
                .toList();
        return new HostView(seen, routes, ipv6Routes);
    }

    @Override
    public synchronized HostRanges usedRanges() {
        ask("look for used ranges");
        HostView view = view();
        return new HostRanges(
                view.links().stream()
                        .flatMap(link -> link.addresses().stream())
                        .map(InterfaceAddress::subnet)
                        .toList(),
                view.routes().stream().map(HostRoute::destination).toList());
    }

    @Override
    public synchronized HostIpv6Ranges usedIpv6Ranges() {
        ask("look for used IPv6 ranges");
        return new HostIpv6Ranges(
                links.values().stream()
                        .flatMap(link -> link.ipv6Addresses.stream())
                        .map(Ipv6InterfaceAddress::subnet)
                        .toList(),
                List.of());
    }

    @Override
    public synchronized HostView observe(Collection<InterfaceName> names) {
        ask("observe " + names);
        List<HostLink> seen = view().links().stream()
                .filter(link -> names.contains(new InterfaceName(link.name())))
                .toList();
        List<HostRoute> through = seen.stream()
                .filter(HostLink::up)
                .flatMap(link -> link.addresses().stream().map(a -> new HostRoute(a.subnet(), link.index(), 0)))
                .toList();
        return new HostView(seen, through);
    }

    @Override
    public synchronized RuleDamage brokenRules() {
        ask("look at the rules");
        List<String> broken = new ArrayList<>(rules.broken());
        wantedEgress.forEach((family, wanted) -> {
            if (!wanted.isNone() && !wanted.equals(egress.get(family))) {
                broken.add("the ways out of " + family + " are not as they were");
            }
        });
        if (!guards.containsAll(wantedGuards)) {
            broken.add("the guards are not as they were");
        }
        return new RuleDamage(broken, List.of());
    }

    /** Reports what a link is like. */
    void reportLink(String name) {
        FakeLink link = links.get(name);
        if (link != null) {
            LinkState now = new LinkState(link.index, name, link.master, link.up, link.mtuBytes);
            report(List.of(now), Set.of(), false);
        }
    }

    void report(List<LinkState> states, Set<? extends LinkAddress> lost, boolean rulesChanged) {
        boolean off = "0".equals(settings.get("net.ipv4.ip_forward"));
        report(new KernelEvent.Changed(
                new HostChanges(states, Set.copyOf(lost), Set.of(), false, off, rulesChanged, 1)));
    }

    private static KernelException refused(Object what) {
        return new KernelException(Reason.OTHER, "refused on purpose: " + what, null);
    }

    @Override
    public synchronized void apply(Step step) {
        if (fate.refuses(step)) {
            throw refused(step);
        }
        steps.carryOut(step);
        fate.done(step);
    }

    @Override
    public synchronized CompletionStage<Void> removeLinkLater(InterfaceName name) {
        fate.checkAlive();
        Removal removal = new Removal(name.value());
        elsewhere.accept(removal::carryOut);
        return removal;
    }

    /** A removal that somebody else carries out, at the latest when somebody waits for it. */
    private final class Removal extends CompletableFuture<Void> {
        private final String name;
        private boolean begun;

        Removal(String name) {
            this.name = name;
        }

        void carryOut() {
            if (begun) {
                return;
            }
            begun = true;
            if (fate.refuses("remove link " + name)) {
                completeExceptionally(refused("remove link " + name));
            } else {
                links.remove(name);
                settings.keySet().removeIf(setting -> setting.startsWith(Ipv6Settings.name(name, "")));
                fate.done("remove link " + name);
                complete(null);
            }
        }

        @Override
        public Void join() {
            carryOut();
            return super.join();
        }

        @Override
        public CompletableFuture<Void> toCompletableFuture() {
            return this;
        }
    }

    @Override
    public synchronized OptionalLong namespaceAt(Path path) {
        fate.checkAlive();
        Long inode = namespaces.get(path);
        return inode == null ? OptionalLong.empty() : OptionalLong.of(inode);
    }

    @Override
    public boolean isHome() {
        return true;
    }

    @Override
    public synchronized List<Path> namespacesIn(Path folder) {
        fate.checkAlive();
        return namespaces.keySet().stream()
                .filter(path -> folder.equals(path.getParent()))
                .toList();
    }

    /** Somebody else has port 7777 of every address. */
    @Override
    public Optional<PortObstacle> portObstacle(TransportProtocol protocol, IpAddress address, PortRange ports) {
        fate.checkAlive();
        return ports.contains(TAKEN_PORT)
                ? Optional.of(new PortObstacle(PortObstacle.Kind.TAKEN, TAKEN_PORT, "process nginx (4711)"))
                : Optional.empty();
    }

    @Override
    public synchronized void forgetFlowsLater(Collection<PublishedPort> ports) {
        flushed.addAll(ports);
    }

    @Override
    public synchronized Optional<String> readSetting(String name) {
        fate.checkAlive();
        return Optional.ofNullable(settings.get(name));
    }

    @Override
    public synchronized void watch(Consumer<KernelEvent> to) {
        consumer = to;
    }

    @Override
    public synchronized void close() {
        consumer = _ -> {};
    }
}
