package dev.bailey.engine.kernel;

import dev.bailey.engine.kernel.FakeLink.Peer;
import dev.bailey.engine.kernel.HostChanges.LinkState;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.HostRoute;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.kernel.KernelException.Reason;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.PortRange;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.TransportProtocol;
import dev.bailey.engine.simulation.Fate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A kernel made of maps, which outlives the engines that use it. What other threads of the adapter would do, such as
 * reporting a change, is handed to whoever decides when it happens. Thread-safe.
 */
public class FakeKernel implements Kernel {
    /** The port that a process of the host has. */
    public static final int TAKEN_PORT = 7777;

    private static final int ETHERNET_MTU = 1500;

    final Map<String, FakeLink> links = new TreeMap<>();
    final Map<Path, Long> namespaces = new TreeMap<>();
    final Map<String, String> settings = new TreeMap<>();
    final List<HostRoute> routes = new ArrayList<>();
    final FakeRules rules = new FakeRules();
    final Set<Ipv4Address> forgotten = new HashSet<>();
    final Set<PublishedPort> flushed = new HashSet<>();
    private int questions;
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
    }

    /** The process that used it is gone, and nobody listens. */
    public synchronized void processGone() {
        consumer = _ -> {};
        rules.forget();
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
            report(new KernelEvent.LinkRemoved(name));
        }
    }

    /** A namespace dies, and with it every link that has an end in it. */
    void removeNamespace(Path path) {
        Long inode = namespaces.remove(path);
        if (inode != null) {
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
        return new HostView(seen, routes);
    }

    @Override
    public synchronized HostRanges usedRanges() {
        ask("look for used ranges");
        HostView view = view();
        return new HostRanges(
                view.links().stream()
                        .flatMap(link -> link.addresses().stream())
                        .map(InterfaceAddress::subnet)
                        .collect(Collectors.toSet()),
                view.routes().stream().map(HostRoute::destination).collect(Collectors.toSet()));
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
    public synchronized List<String> brokenRules() {
        ask("look at the rules");
        return rules.broken();
    }

    /** Reports what a link is like. */
    void reportLink(String name) {
        FakeLink link = links.get(name);
        if (link != null) {
            LinkState now = new LinkState(link.index, name, link.master, link.up, link.mtuBytes);
            report(List.of(now), Set.of(), false);
        }
    }

    void report(List<LinkState> states, Set<InterfaceAddress> lost, boolean rulesChanged) {
        boolean off = settings.containsValue("0");
        report(new KernelEvent.Changed(new HostChanges(states, lost, Set.of(), false, off, rulesChanged, 1)));
    }

    private static KernelException refused(Object what) {
        return new KernelException(Reason.OTHER, "refused on purpose: " + what, null);
    }

    @Override
    public synchronized void apply(Step step) {
        if (fate.refuses(step)) {
            throw refused(step);
        }
        carryOut(step);
        fate.done(step);
    }

    private void carryOut(Step step) {
        switch (step) {
            case Step.CreateBridge s -> {
                refuseTaken(s.name());
                add(s.name().value(), LinkKind.BRIDGE).mtuBytes = s.mtuBytes();
            }
            case Step.AddAddress s -> addAddress(s);
            case Step.RemoveAddress s -> {
                if (!link(s.link()).addresses.remove(s.address())) {
                    throw absent("address " + s.address());
                }
            }
            case Step.AddRoute s -> link(s.link());
            case Step.ForgetFlows s -> forgotten.addAll(s.addresses());
            case Step.SetLinkUp s -> {
                link(s.link()).up = true;
                reportLink(s.link().value());
            }
            case Step.SetMtu s -> {
                link(s.link()).mtuBytes = s.mtuBytes();
                reportLink(s.link().value());
            }
            case Step.SetMaster s -> setMaster(s);
            case Step.SetIsolated s -> setIsolated(s);
            case Step.SetHairpin s -> setHairpin(s);
            case Step.CreateVeth s -> createVeth(s);
            case Step.ConfigureSandboxEnd s -> configure(s);
            case Step.MoveDefaultRoute s -> moveDefaultRoute(s);
            case Step.RemoveLink s -> remove(s.link().value());
            case Step.CreateNamespace s -> createNamespace(s.path());
            case Step.RemoveNamespace s -> removeNamespace(s.path());
            case Step.WriteSetting s -> settings.put(s.name(), s.value());
            case Step.CommitRules s -> rules.commit(s.wanted(), s.ports());
            case Step.ChangePorts s -> rules.change(s.removed(), s.added());
            case Step.CommitIptables s -> rules.commit(s.wanted());
            case Step.ChangeIptables s -> rules.change(s.before(), s.after());
            case Step.RemoveRules s -> removeRules(s);
        }
    }

    private void removeRules(Step.RemoveRules s) {
        rules.remove(s.backend());
        boolean anySandbox = links.values().stream().anyMatch(link -> link.kind == LinkKind.VETH);
        if (anySandbox && rules.isEmpty()) {
            throw new AssertionError("no backend has rules: every sandbox is open");
        }
    }

    private void addAddress(Step.AddAddress s) {
        List<InterfaceAddress> addresses = link(s.link()).addresses;
        if (addresses.contains(s.address())) {
            throw new KernelException(Reason.EXISTS, s.address() + " exists on " + s.link(), null);
        }
        addresses.add(s.address());
    }

    private void setMaster(Step.SetMaster s) {
        FakeLink port = link(s.link());
        port.master = link(s.bridge()).index;
        port.isolated = false;
        port.hairpin = false;
        reportLink(s.link().value());
    }

    private void setIsolated(Step.SetIsolated s) {
        FakeLink port = link(s.link());
        if (port.master == 0) {
            throw new KernelException(Reason.OTHER, s.link() + " is no port of a bridge", null);
        }
        port.isolated = s.isolated();
    }

    private void setHairpin(Step.SetHairpin s) {
        FakeLink port = link(s.link());
        if (port.master == 0) {
            throw new KernelException(Reason.OTHER, s.link() + " is no port of a bridge", null);
        }
        port.hairpin = s.on();
    }

    private void createNamespace(Path path) {
        if (namespaces.containsKey(path)) {
            throw new KernelException(Reason.EXISTS, path + " exists", null);
        }
        addNamespace(path);
    }

    private void createVeth(Step.CreateVeth s) {
        refuseTaken(s.hostEnd());
        long inode = inode(s.netns());
        if (linkTo(inode, s.sandboxEnd().value()).isPresent()) {
            throw new KernelException(Reason.EXISTS, s.sandboxEnd() + " exists in " + s.netns(), null);
        }
        int bridge = link(s.bridge()).index;
        lastIndex++;
        FakeLink link = add(s.hostEnd().value(), LinkKind.VETH);
        link.master = bridge;
        link.up = true;
        link.mtuBytes = s.mtuBytes();
        link.peer = Optional.of(
                new Peer(inode, s.sandboxEnd().value(), s.mac(), s.mtuBytes(), Optional.empty(), Optional.empty()));
    }

    private void configure(Step.ConfigureSandboxEnd s) {
        long inode = inode(s.netns());
        FakeLink link = linkTo(inode, s.sandboxEnd().value()).orElseThrow(() -> absent("link " + s.sandboxEnd()));
        Peer end = link.peer.orElseThrow();
        if (s.gateway().isPresent() && hasDefaultRoute(inode)) {
            throw new KernelException(Reason.EXISTS, "there is a default route in " + s.netns(), null);
        }
        link.peer = Optional.of(
                new Peer(inode, end.name(), end.mac(), end.mtuBytes(), Optional.of(s.address()), s.gateway()));
    }

    private boolean hasDefaultRoute(long inode) {
        return links.values().stream()
                .anyMatch(link ->
                        link.isIn(inode) && link.peer.orElseThrow().gateway().isPresent());
    }

    private void moveDefaultRoute(Step.MoveDefaultRoute s) {
        long inode = inode(s.netns());
        FakeLink to = linkTo(inode, s.to().sandboxEnd().value()).orElseThrow(() -> absent("link " + s.to()));
        links.values().stream()
                .filter(link -> link.isIn(inode))
                .forEach(link -> link.peer = link.peer.map(end -> end.through(Optional.empty())));
        to.peer = to.peer.map(end -> end.through(Optional.of(s.to().gateway())));
    }

    private long inode(Path netns) {
        return Objects.requireNonNullElseGet(namespaces.get(netns), () -> {
            throw absent("namespace " + netns);
        });
    }

    private Optional<FakeLink> linkTo(long inode, String peerName) {
        return links.values().stream()
                .filter(link ->
                        link.isIn(inode) && link.peer.orElseThrow().name().equals(peerName))
                .findFirst();
    }

    private void refuseTaken(InterfaceName name) {
        if (links.containsKey(name.value())) {
            throw new KernelException(Reason.EXISTS, name + " exists", null);
        }
    }

    private FakeLink link(InterfaceName name) {
        return Optional.ofNullable(links.get(name.value())).orElseThrow(() -> absent("link " + name));
    }

    private static KernelException absent(String what) {
        return new KernelException(Reason.ABSENT, "there is no " + what, null);
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
    public Optional<PortObstacle> portObstacle(TransportProtocol protocol, Ipv4Address address, PortRange ports) {
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
