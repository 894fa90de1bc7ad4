package dev.bailey.engine.kernel;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.firewall.PortElement;
import dev.bailey.engine.firewall.RuleSet;
import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.engine.kernel.HostView.HostIpv6Route;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.HostRoute;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.kernel.SandboxStep.SourceRoute;
import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.LinkAddress;
import dev.bailey.engine.model.Subnet;
import dev.bailey.engine.plan.Ipv6Settings;
import dev.bailey.engine.simulation.Fate;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The host around {@link FakeKernel}: what others have in its kernel, what they do to it, and how it looks to them. */
public final class FakeHost extends FakeKernel {
    /** The setting that lets packets through. */
    public static final String FORWARDING = "net.ipv4.ip_forward";

    private final Set<String> operators = new TreeSet<>();

    /** Its arguments are those of the kernel. */
    public FakeHost(Fate fate, Consumer<Runnable> elsewhere) {
        super(fate, elsewhere);
    }

    /** A link with an address and a default route of each family comes. */
    public synchronized void addUplink(String name, InterfaceAddress address, int mtuBytes) {
        FakeLink link = add(name, LinkKind.OTHER);
        link.up = true;
        link.mtuBytes = mtuBytes;
        link.addresses.add(address);
        routes.add(new HostRoute(Subnet.parse("0.0.0.0/0"), link.index, routes.size()));
        ipv6Routes.add(
                new HostIpv6Route(Ipv6Subnet.parse("::/0"), link.index, 1024 + ipv6Routes.size(), Optional.empty()));
        reportRoutes();
    }

    /** A link that needs no next hop comes, up, such as that of a tunnel. */
    public synchronized void addDirectLink(String name) {
        add(name, LinkKind.DIRECT).up = true;
        reportRoutes();
    }

    /** An uplink goes, and with it its default routes. */
    public synchronized void removeUplink(String name) {
        remove(name);
        reportRoutes();
    }

    private void reportRoutes() {
        report(new KernelEvent.Changed(new HostChanges(List.of(), Set.of(), Set.of(), true, false, false, 1)));
    }

    /** A bridge of the operator's, up. */
    public synchronized void addOperatorBridge(String name, InterfaceAddress address) {
        FakeLink link = add(name, LinkKind.BRIDGE);
        link.up = true;
        link.addresses.add(address);
        operators.add(name);
    }

    /** Somebody makes a namespace. */
    public synchronized void makeNamespace(Path path) {
        addNamespace(path);
    }

    /** Somebody ends a namespace, and what is in it. */
    public synchronized void endNamespace(Path path) {
        removeNamespace(path);
    }

    /** Somebody takes a namespace's file away; whoever is inside goes on. */
    public synchronized void hideNamespace(Path path) {
        namespaces.remove(path);
    }

    /** Somebody removes a link. */
    public synchronized void steal(String name) {
        remove(name);
    }

    /** Somebody sets a link down, which takes its IPv6 addresses. */
    public synchronized void setDown(String name) {
        there(name).up = false;
        there(name).ipv6Addresses.clear();
        reportLink(name);
    }

    /** Somebody takes a port off its bridge. */
    public synchronized void release(String name) {
        there(name).master = 0;
        reportLink(name);
    }

    /** Somebody takes every address off a link. */
    public synchronized void flushAddresses(String name) {
        Set<LinkAddress> lost = new HashSet<>(there(name).addresses);
        lost.addAll(there(name).ipv6Addresses);
        there(name).addresses.clear();
        there(name).ipv6Addresses.clear();
        report(List.of(), lost, false);
    }

    /** Somebody sets a link's MTU. */
    public synchronized void setMtu(String name, int mtuBytes) {
        there(name).mtuBytes = mtuBytes;
        reportLink(name);
    }

    /** Somebody writes a setting. */
    public synchronized void set(String name, String value) {
        write(name, value);
        boolean off = name.equals(Ipv6Settings.FORWARDING) && value.equals("0");
        report(new KernelEvent.Changed(new HostChanges(List.of(), Set.of(), Set.of(), false, off, false, 1)));
        report(List.of(), Set.of(), false);
    }

    /** A link is reported though nothing of it is different. */
    public synchronized void touch(String name) {
        reportLink(name);
    }

    /** The addresses whose connections were forgotten. */
    public synchronized Set<Ipv4Address> forgotten() {
        return Set.copyOf(forgotten);
    }

    /** Somebody takes all packet rules away that they can. */
    public synchronized void flushRules() {
        rules.nftables = RuleSet.EMPTY;
        rules.ports = Set.of();
        rules.iptables = Optional.empty();
        guards.clear();
        report(List.of(), Set.of(), true);
    }

    /** The adapter could not keep up with what happens. */
    public synchronized void loseReports() {
        report(new KernelEvent.Overflow());
    }

    /** The machine starts anew: nothing of any engine is left, and forwarding is off. */
    public synchronized void restartMachine() {
        flushRules();
        links.entrySet().removeIf(link -> switch (link.getValue().kind) {
            case VETH -> true;
            case BRIDGE -> !operators.contains(link.getKey());
            case DIRECT, OTHER -> false;
        });
        namespaces.clear();
        settings.keySet().removeIf(name -> name.startsWith("net.ipv6.conf.br-") || name.contains("bailey0"));
        settings.put(FORWARDING, "0");
        settings.put(Ipv6Settings.FORWARDING, "0");
    }

    private FakeLink there(String name) {
        return Objects.requireNonNull(links.get(name), name);
    }

    /** Every link by its name. */
    public synchronized Map<String, FakeLink> allLinks() {
        return new TreeMap<>(links);
    }

    /** The link of that name as the engine would see it. */
    public synchronized Optional<HostLink> linkNamed(String name) {
        return Optional.ofNullable(links.get(name)).map(link -> link.view(name));
    }

    /** The paths that lead to a namespace. */
    public synchronized Set<Path> namespacePaths() {
        return new TreeSet<>(namespaces.keySet());
    }

    /** The inode of the namespace at a path, 0 for none. */
    public synchronized long inodeAt(Path path) {
        return namespaces.getOrDefault(path, 0L);
    }

    /** What setting has that name. */
    public synchronized String setting(String name) {
        return String.valueOf(settings.get(name));
    }

    /** The tables of nf_tables, the operator's among them. */
    public synchronized RuleSet nftables() {
        return rules.nftables;
    }

    /** What is published in nf_tables, an element each. */
    public synchronized Set<PortElement> ports() {
        return rules.ports;
    }

    /** The source routes in a namespace, each with the index of the host end that its end has. */
    public synchronized Map<SourceRoute, Integer> sourceRoutes(long inode) {
        return sourceRoutes.getOrDefault(inode, Map.of());
    }

    /** The guards of host ends. */
    public synchronized Set<Guard> guards() {
        return Set.copyOf(guards);
    }

    /** By which ways packets of a family leave. */
    public synchronized EgressPolicy egress(IpFamily family) {
        return egress.getOrDefault(family, EgressPolicy.none(family));
    }

    /** The engine's rules in the tables of iptables. */
    public synchronized Optional<IptablesRules> iptables() {
        return rules.iptables;
    }

    /** Everything that there is, as text: equal texts, equal kernels. */
    public synchronized String dump() {
        StringBuilder text = new StringBuilder();
        links.forEach(
                (name, link) -> text.append(name).append(": ").append(link).append('\n'));
        text.append("namespaces ").append(namespaces).append('\n');
        text.append("settings ").append(settings).append('\n');
        text.append("rules changed ").append(rules.changes()).append(" times\n");
        return text.toString();
    }
}
