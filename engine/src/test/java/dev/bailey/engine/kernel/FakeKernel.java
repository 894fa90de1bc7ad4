package dev.bailey.engine.kernel;

import dev.bailey.engine.firewall.RuleSet;
import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.HostRoute;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.kernel.KernelException.Reason;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Subnet;
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

/**
 * A kernel made of maps, which outlives the engines that use it and can be told to fail or to have its engine die at a
 * given step. Synchronised, since a removal completes on whatever thread.
 */
public final class FakeKernel implements Kernel {
    /** The death of the process in the middle of something: nothing catches it on purpose. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash(String where) {
            super("crash " + where);
        }
    }

    /** A link as the fake keeps it; {@code namespace} is the inode that a veth's other end is in, 0 for none. */
    public static final class FakeLink {
        final int index;
        final LinkKind kind;
        int master;
        boolean up;
        boolean isolated;
        int mtuBytes = 1500;
        final List<InterfaceAddress> addresses = new ArrayList<>();
        public final long namespace;
        public final String peerName;
        public Optional<InterfaceAddress> peerAddress = Optional.empty();
        public Optional<Ipv4Address> peerGateway = Optional.empty();

        FakeLink(int index, LinkKind kind, long namespace, String peerName) {
            this.index = index;
            this.kind = kind;
            this.namespace = namespace;
            this.peerName = peerName;
        }

        public int master() {
            return master;
        }

        public void free() {
            master = 0;
        }

        public int index() {
            return index;
        }

        public boolean isolated() {
            return isolated;
        }
    }

    private final Map<String, FakeLink> links = new TreeMap<>();
    private final Map<Path, Long> namespaces = new TreeMap<>();
    private final Map<String, String> settings = new TreeMap<>(Map.of("net.ipv4.ip_forward", "0"));
    private final List<HostRoute> routes = new ArrayList<>();
    private Optional<RuleSet> rules = Optional.empty();
    private Optional<IptablesRules> iptables = Optional.empty();
    private Optional<?> committed = Optional.empty();
    private Consumer<KernelEvent> consumer = _ -> {};
    private int lastIndex = 1;
    private long lastInode = 4_026_530_000L;
    private long countdown = Long.MAX_VALUE;
    private boolean dying;
    private boolean dead;
    private final Set<Ipv4Address> forgotten = new HashSet<>();
    private boolean routesChanged;
    private int commits;
    private int questions;
    private int refusals;

    /** Lets the next steps succeed and then refuses one. */
    public synchronized void failAfter(long steps) {
        countdown = steps;
        dying = false;
    }

    /** Lets the next steps succeed and then has the engine die, before or after the step by turns. */
    public synchronized void crashAfter(long steps) {
        countdown = steps;
        dying = true;
    }

    /** Returns whether the engine has died: until {@link #revive} every call of its throws. */
    public synchronized boolean isDead() {
        return dead;
    }

    /** Makes ready for the next engine. */
    public synchronized void revive() {
        dead = false;
        countdown = Long.MAX_VALUE;
        consumer = _ -> {};
    }

    /** A link with an address and a default route comes. */
    public void addUplink(String name, InterfaceAddress address, int mtuBytes) {
        synchronized (this) {
            FakeLink link = new FakeLink(++lastIndex, LinkKind.OTHER, 0, "");
            link.up = true;
            link.mtuBytes = mtuBytes;
            link.addresses.add(address);
            links.put(name, link);
            routesChanged = true;
            routes.add(new HostRoute(Subnet.parse("0.0.0.0/0"), link.index, routes.size()));
        }
        tell(Set.of(), false);
    }

    /** A link goes, and with it its default route. */
    public void removeUplink(String name) {
        Consumer<KernelEvent> to;
        synchronized (this) {
            FakeLink gone = Objects.requireNonNull(links.remove(name));
            routesChanged = true;
            routes.removeIf(route -> route.link() == gone.index);
            to = consumer;
        }
        to.accept(new KernelEvent.LinkRemoved(name));
        tell(Set.of(), false);
    }

    /** The addresses whose connections were forgotten. */
    public synchronized Set<Ipv4Address> forgotten() {
        return Set.copyOf(forgotten);
    }

    /** What an operator does: a bridge of their own, set up. */
    public synchronized void addBridge(String name, InterfaceAddress... addresses) {
        FakeLink link = new FakeLink(++lastIndex, LinkKind.BRIDGE, 0, "");
        link.up = true;
        link.addresses.addAll(List.of(addresses));
        links.put(name, link);
    }

    public synchronized void addNamespace(Path path) {
        namespaces.put(path, ++lastInode);
    }

    /** A namespace goes away, and with it every link that has an end in it. */
    public void removeNamespace(Path path) {
        List<String> gone;
        Consumer<KernelEvent> to;
        synchronized (this) {
            long inode = Objects.requireNonNull(namespaces.remove(path));
            gone = links.entrySet().stream()
                    .filter(link -> link.getValue().namespace == inode)
                    .map(Map.Entry::getKey)
                    .toList();
            gone.forEach(links::remove);
            to = consumer;
        }
        gone.forEach(name -> to.accept(new KernelEvent.LinkRemoved(name)));
    }

    /** Somebody else removes a link; the ports of a bridge are free then. */
    public void stealLink(String name) {
        Consumer<KernelEvent> to;
        synchronized (this) {
            FakeLink gone = Objects.requireNonNull(links.remove(name));
            links.values().stream().filter(link -> link.master == gone.index).forEach(link -> link.master = 0);
            to = consumer;
        }
        to.accept(new KernelEvent.LinkRemoved(name));
        tell(Set.of(), false);
    }

    /** Somebody else does something to a link. */
    public void changeLink(String name, Consumer<FakeLink> change) {
        synchronized (this) {
            change.accept(Objects.requireNonNull(links.get(name)));
        }
        tell(Set.of(), false);
    }

    /** Somebody else sets a link down. */
    public void setDown(String name) {
        changeLink(name, link -> link.up = false);
    }

    /** Somebody else sets a link's MTU. */
    public void setMtu(String name, int mtuBytes) {
        changeLink(name, link -> link.mtuBytes = mtuBytes);
    }

    /** Somebody else takes all addresses off a link. */
    public void flushAddresses(String name) {
        Set<InterfaceAddress> lost;
        synchronized (this) {
            FakeLink link = Objects.requireNonNull(links.get(name));
            lost = Set.copyOf(link.addresses);
            link.addresses.clear();
        }
        tell(lost, false);
    }

    /** Somebody else writes a setting. */
    public void writeSetting(String name, String value) {
        synchronized (this) {
            settings.put(name, value);
        }
        tell(Set.of(), false);
    }

    /** Somebody else removes all rules, whoever made them. */
    public void dropRules() {
        synchronized (this) {
            rules = Optional.empty();
            iptables = Optional.empty();
        }
        tell(Set.of(), true);
    }

    private void tell(Set<InterfaceAddress> lost, boolean rulesChanged) {
        HostChanges changes;
        Consumer<KernelEvent> to;
        synchronized (this) {
            changes = FakeReport.of(links, lost, routesChanged, settings.containsValue("0"), rulesChanged);
            routesChanged = false;
            to = consumer;
        }
        to.accept(new KernelEvent.Changed(changes));
    }

    public synchronized Map<String, FakeLink> links() {
        return new TreeMap<>(links);
    }

    public synchronized Map<Path, Long> namespaces() {
        return new TreeMap<>(namespaces);
    }

    public synchronized Optional<RuleSet> rules() {
        return rules;
    }

    public synchronized Optional<IptablesRules> iptables() {
        return iptables;
    }

    public synchronized int refusals() {
        return refusals;
    }

    public synchronized int commits() {
        return commits;
    }

    public synchronized String setting(String name) {
        return String.valueOf(settings.get(name));
    }

    /** How often it was looked at. */
    public synchronized int questions() {
        return questions;
    }

    @Override
    public synchronized HostView observe() {
        checkAlive();
        questions++;
        List<HostLink> seen = links.entrySet().stream()
                .map(e -> new HostLink(
                        e.getValue().index,
                        e.getKey(),
                        e.getValue().kind,
                        e.getValue().master,
                        e.getValue().up,
                        e.getValue().mtuBytes,
                        e.getValue().isolated,
                        e.getValue().addresses))
                .toList();
        return new HostView(seen, routes);
    }

    @Override
    public synchronized HostView observe(Collection<InterfaceName> names) {
        HostView all = observe();
        List<HostLink> seen = all.links().stream()
                .filter(link -> names.contains(new InterfaceName(link.name())))
                .toList();
        List<HostRoute> routes = seen.stream()
                .filter(HostLink::up)
                .flatMap(link -> link.addresses().stream().map(a -> new HostRoute(a.subnet(), link.index(), 0)))
                .toList();
        return new HostView(seen, routes);
    }

    @Override
    public synchronized List<String> brokenRules() {
        checkAlive();
        questions++;
        boolean whole = committed.isEmpty() || committed.equals(rules) || committed.equals(iptables);
        return whole ? List.of() : List.of("all were gone");
    }

    @Override
    public synchronized void apply(Step step) {
        checkAlive();
        boolean due = countdown-- == 0;
        boolean before = due && lastIndex % 2 == 0;
        if (due && !dying) {
            refusals++;
            throw new KernelException(Reason.OTHER, "refused on purpose: " + step, null);
        }
        if (before) {
            die(step);
        }
        carryOut(step);
        if (due) {
            die(step);
        }
    }

    private void die(Object where) {
        dead = true;
        throw new Crash("at " + where);
    }

    private void checkAlive() {
        if (dead) {
            throw new Crash("before");
        }
    }

    private void carryOut(Step step) {
        switch (step) {
            case Step.CreateBridge s -> {
                refuseTaken(s.name());
                links.put(s.name().value(), new FakeLink(++lastIndex, LinkKind.BRIDGE, 0, ""));
                link(s.name()).mtuBytes = s.mtuBytes();
            }
            case Step.AddAddress s -> link(s.link()).addresses.add(s.address());
            case Step.RemoveAddress s -> link(s.link()).addresses.remove(s.address());
            case Step.AddRoute s -> link(s.link());
            case Step.SetLinkUp s -> link(s.link()).up = true;
            case Step.SetMtu s -> link(s.link()).mtuBytes = s.mtuBytes();
            case Step.SetMaster s -> link(s.link()).master = link(s.bridge()).index;
            case Step.SetIsolated s -> link(s.link()).isolated = s.isolated();
            case Step.CreateVeth s -> createVeth(s);
            case Step.ConfigureSandboxEnd s -> configure(s);
            case Step.RemoveLink s -> links.remove(s.link().value());
            case Step.CreateNamespace s -> createNamespace(s.path());
            case Step.RemoveNamespace s -> namespaces.remove(s.path());
            case Step.WriteSetting s -> settings.put(s.name(), s.value());
            case Step.CommitRules s -> rules = commit(rules, s.wanted());
            case Step.CommitIptables s -> iptables = commit(iptables, s.wanted());
            case Step.ForgetFlows s -> forgotten.addAll(s.addresses());
            case Step.RemoveRules s -> removeRules(s.backend());
        }
    }

    private <T> Optional<T> commit(Optional<T> is, T wanted) {
        if (!is.equals(Optional.of(wanted))) {
            commits++;
        }
        committed = Optional.of(wanted);
        return Optional.of(wanted);
    }

    private void removeRules(FirewallBackend backend) {
        commits += backend == FirewallBackend.NFTABLES
                ? rules.stream().count()
                : iptables.stream().count();
        switch (backend) {
            case NFTABLES -> rules = Optional.empty();
            case IPTABLES -> iptables = Optional.empty();
        }
        boolean anySandbox = links.values().stream().anyMatch(link -> link.kind == LinkKind.VETH);
        if (anySandbox && rules.isEmpty() && iptables.isEmpty()) {
            throw new AssertionError("no backend has rules: every sandbox is open");
        }
    }

    private void createNamespace(Path path) {
        if (namespaces.containsKey(path)) {
            throw new KernelException(Reason.EXISTS, path + " exists", null);
        }
        addNamespace(path);
    }

    private void createVeth(Step.CreateVeth s) {
        refuseTaken(s.hostEnd());
        long inode = namespaceAt(s.netns()).orElseThrow(() -> absent("namespace " + s.netns()));
        boolean taken = links.values().stream()
                .anyMatch(l ->
                        l.namespace == inode && l.peerName.equals(s.sandboxEnd().value()));
        if (taken) {
            throw new KernelException(Reason.EXISTS, s.sandboxEnd() + " exists in " + s.netns(), null);
        }
        lastIndex += 2;
        FakeLink link =
                new FakeLink(lastIndex, LinkKind.VETH, inode, s.sandboxEnd().value());
        link.master = link(s.bridge()).index;
        link.up = true;
        link.mtuBytes = s.mtuBytes();
        links.put(s.hostEnd().value(), link);
    }

    private void configure(Step.ConfigureSandboxEnd s) {
        long inode = namespaceAt(s.netns()).orElseThrow(() -> absent("namespace " + s.netns()));
        FakeLink link = links.values().stream()
                .filter(l ->
                        l.namespace == inode && l.peerName.equals(s.sandboxEnd().value()))
                .findFirst()
                .orElseThrow(() -> absent("link " + s.sandboxEnd()));
        link.peerAddress = Optional.of(s.address());
        link.peerGateway = s.gateway();
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
    public CompletionStage<Void> removeLinkLater(InterfaceName name) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        try {
            apply(new Step.RemoveLink(name));
            gone.complete(null);
        } catch (KernelException refusal) {
            gone.completeExceptionally(refusal);
        }
        return gone;
    }

    @Override
    public synchronized OptionalLong namespaceAt(Path path) {
        checkAlive();
        Long inode = namespaces.get(path);
        return inode == null ? OptionalLong.empty() : OptionalLong.of(inode);
    }

    @Override
    public boolean isHome() {
        return true;
    }

    @Override
    public synchronized List<Path> namespacesIn(Path folder) {
        checkAlive();
        return namespaces.keySet().stream()
                .filter(path -> folder.equals(path.getParent()))
                .toList();
    }

    @Override
    public synchronized Optional<String> readSetting(String name) {
        checkAlive();
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
