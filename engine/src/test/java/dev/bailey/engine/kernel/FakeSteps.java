package dev.bailey.engine.kernel;

import dev.bailey.engine.firewall.EgressPolicy;
import dev.bailey.engine.kernel.FakeLink.Peer;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.kernel.KernelException.Reason;
import dev.bailey.engine.kernel.SandboxStep.SourceRoute;
import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.LinkAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What each step does to a {@link FakeKernel}, and what the kernel would refuse by itself. */
final class FakeSteps {
    private final FakeKernel kernel;

    FakeSteps(FakeKernel kernel) {
        this.kernel = kernel;
    }

    void carryOut(Step step) {
        switch (step) {
            case LinkStep s -> carryOut(s);
            case SandboxStep s -> carryOut(s);
            case RuleStep s -> carryOut(s);
            case Step.WriteSetting s -> kernel.write(s.name(), s.value());
        }
    }

    private void carryOut(LinkStep step) {
        switch (step) {
            case LinkStep.CreateBridge s -> {
                refuseTaken(s.name());
                kernel.add(s.name().value(), LinkKind.BRIDGE).mtuBytes = s.mtuBytes();
                kernel.inheritSettings(s.name());
            }
            case LinkStep.AddAddress s -> addAddress(s);
            case LinkStep.RemoveAddress s -> {
                if (!addresses(link(s.link()), s.address()).remove(s.address())) {
                    throw absent("address " + s.address());
                }
            }
            case LinkStep.AddRoute s -> link(s.link());
            case LinkStep.SetLinkUp s -> {
                link(s.link()).up = true;
                kernel.reportLink(s.link().value());
            }
            case LinkStep.SetMtu s -> {
                link(s.link()).mtuBytes = s.mtuBytes();
                kernel.reportLink(s.link().value());
            }
            case LinkStep.SetMaster s -> setMaster(s);
            case LinkStep.SetIsolated s -> port(s.link()).isolated = s.isolated();
            case LinkStep.SetHairpin s -> port(s.link()).hairpin = s.on();
            case LinkStep.CreateVeth s -> createVeth(s);
            case LinkStep.LimitHostEnd s -> link(s.hostEnd()).limit = Optional.of(s.rate());
            case LinkStep.RemoveLink s -> kernel.remove(s.link().value());
        }
    }

    private void carryOut(SandboxStep step) {
        switch (step) {
            case SandboxStep.CreateNamespace s -> createNamespace(s.path());
            case SandboxStep.RemoveNamespace s -> kernel.removeNamespace(s.path());
            case SandboxStep.LimitSandboxEnd s ->
                end(inode(s.netns()), s.sandboxEnd()).otherLimit = Optional.of(s.rate());
            case SandboxStep.ConfigureSandboxEnd s -> configure(s);
            case SandboxStep.MoveDefaultRoute s -> moveDefaultRoute(s);
            case SandboxStep.CommitSourceRoutes s -> commitSourceRoutes(s);
        }
    }

    private void carryOut(RuleStep step) {
        switch (step) {
            case RuleStep.CommitRules s -> kernel.rules.commit(s.wanted(), s.ports());
            case RuleStep.ChangePorts s -> kernel.rules.change(s);
            case RuleStep.CommitIptables s -> kernel.rules.commit(s.wanted());
            case RuleStep.ChangeIptables s -> kernel.rules.change(s.before(), s.after());
            case RuleStep.ForgetFlows s -> kernel.forgotten.addAll(s.addresses());
            case RuleStep.CommitGuards s -> {
                kernel.guards.clear();
                kernel.wantedGuards.clear();
                s.wanted().forEach(this::guard);
            }
            case RuleStep.AddGuard s -> guard(s.guard());
            case RuleStep.RemoveGuard s -> {
                kernel.guards.remove(s.guard());
                kernel.wantedGuards.remove(s.guard());
            }
            case RuleStep.CommitEgress s -> lead(s.wanted());
            case RuleStep.SetSender s -> setSender(s);
            case RuleStep.RemoveRules s -> removeRules(s);
        }
    }

    private void setSender(RuleStep.SetSender s) {
        IpFamily family = s.sender().family();
        EgressPolicy there = kernel.egress.getOrDefault(family, EgressPolicy.none(family));
        Set<EgressPolicy.Sender> senders = new HashSet<>(there.senders());
        if (s.on()) {
            senders.add(s.sender());
        } else {
            senders.remove(s.sender());
        }
        lead(there.with(senders));
    }

    private void lead(EgressPolicy wanted) {
        kernel.egress.put(wanted.family(), wanted);
        kernel.wantedEgress.put(wanted.family(), wanted);
    }

    private void guard(Guard guard) {
        kernel.guards.add(guard);
        kernel.wantedGuards.add(guard);
    }

    private void removeRules(RuleStep.RemoveRules s) {
        kernel.rules.remove(s.backend());
        boolean anySandbox = kernel.links.values().stream().anyMatch(link -> link.kind == LinkKind.VETH);
        if (anySandbox && kernel.rules.isEmpty()) {
            throw new AssertionError("no backend has rules: every sandbox is open");
        }
    }

    private void addAddress(LinkStep.AddAddress s) {
        FakeLink link = link(s.link());
        if (addresses(link, s.address()).contains(s.address())) {
            throw new KernelException(Reason.EXISTS, s.address() + " exists on " + s.link(), null);
        }
        switch (s.address()) {
            case InterfaceAddress ipv4 -> link.addresses.add(ipv4);
            case Ipv6InterfaceAddress ipv6 -> addIpv6(s.link(), link, ipv6);
        }
    }

    private void addIpv6(InterfaceName name, FakeLink link, Ipv6InterfaceAddress address) {
        if (kernel.settings
                .getOrDefault(FakeKernel.ipv6Setting(name, "disable_ipv6"), "0")
                .equals("1")) {
            throw new KernelException(Reason.OTHER, "IPv6 is disabled on " + name, null);
        }
        link.ipv6Addresses.add(address);
    }

    private static List<? extends LinkAddress> addresses(FakeLink link, LinkAddress address) {
        return switch (address) {
            case InterfaceAddress _ -> link.addresses;
            case Ipv6InterfaceAddress _ -> link.ipv6Addresses;
        };
    }

    private void setMaster(LinkStep.SetMaster s) {
        FakeLink port = link(s.link());
        port.master = link(s.bridge()).index;
        port.isolated = false;
        port.hairpin = false;
        kernel.reportLink(s.link().value());
    }

    private FakeLink port(InterfaceName name) {
        FakeLink port = link(name);
        if (port.master == 0) {
            throw new KernelException(Reason.OTHER, name + " is no port of a bridge", null);
        }
        return port;
    }

    private void createNamespace(Path path) {
        if (kernel.namespaces.containsKey(path)) {
            throw new KernelException(Reason.EXISTS, path + " exists", null);
        }
        kernel.addNamespace(path);
    }

    private void createVeth(LinkStep.CreateVeth s) {
        refuseTaken(s.hostEnd());
        long inode = inode(s.netns());
        if (linkTo(inode, s.sandboxEnd().value()).isPresent()) {
            throw new KernelException(Reason.EXISTS, s.sandboxEnd() + " exists in " + s.netns(), null);
        }
        int bridge = link(s.bridge()).index;
        kernel.skipIndex();
        FakeLink link = kernel.add(s.hostEnd().value(), LinkKind.VETH);
        link.master = bridge;
        link.up = true;
        link.mtuBytes = s.mtuBytes();
        link.peer = Optional.of(new Peer(
                inode,
                s.sandboxEnd().value(),
                s.mac(),
                s.mtuBytes(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private void configure(SandboxStep.ConfigureSandboxEnd s) {
        long inode = inode(s.netns());
        FakeLink link = end(inode, s.sandboxEnd());
        Peer end = link.peer.orElseThrow();
        Optional<Ipv4Address> gateway = s.ipv4().flatMap(SandboxStep.Ipv4End::gateway);
        boolean second = gateway.isPresent() && hasDefaultRoute(inode, Peer::gateway)
                || s.ipv6().flatMap(SandboxStep.Ipv6End::gateway).isPresent()
                        && hasDefaultRoute(inode, peer -> peer.ipv6().flatMap(SandboxStep.Ipv6End::gateway));
        if (second) {
            throw new KernelException(Reason.EXISTS, "there is a default route in " + s.netns(), null);
        }
        link.peer = Optional.of(new Peer(
                inode,
                end.name(),
                end.mac(),
                end.mtuBytes(),
                s.ipv4().map(SandboxStep.Ipv4End::address),
                gateway,
                s.ipv6()));
    }

    private boolean hasDefaultRoute(long inode, Function<Peer, Optional<? extends IpAddress>> gateway) {
        return kernel.links.values().stream()
                .anyMatch(link -> link.isIn(inode)
                        && gateway.apply(link.peer.orElseThrow()).isPresent());
    }

    private void moveDefaultRoute(SandboxStep.MoveDefaultRoute s) {
        long inode = inode(s.netns());
        FakeLink to = end(inode, s.to().sandboxEnd());
        List<FakeLink> ends =
                kernel.links.values().stream().filter(link -> link.isIn(inode)).toList();
        switch (s.to().gateway()) {
            case Ipv4Address hop -> {
                ends.forEach(link -> link.peer = link.peer.map(end -> end.through(Optional.empty())));
                to.peer = to.peer.map(end -> end.through(Optional.of(hop)));
            }
            case Ipv6Address hop -> {
                ends.forEach(link -> link.peer = link.peer.map(end -> end.throughIpv6(Optional.empty())));
                to.peer = to.peer.map(end -> end.throughIpv6(Optional.of(hop)));
            }
        }
    }

    /** Rules that are not wanted any more go with their tables; those whose end has gone stay until somebody looks. */
    private void commitSourceRoutes(SandboxStep.CommitSourceRoutes s) {
        long inode = inode(s.netns());
        Map<SourceRoute, Integer> routes = new HashMap<>();
        s.wanted()
                .forEach(route ->
                        linkTo(inode, route.hop().sandboxEnd().value()).ifPresent(end -> routes.put(route, end.index)));
        kernel.sourceRoutes.put(inode, Map.copyOf(routes));
    }

    private FakeLink end(long inode, InterfaceName name) {
        return linkTo(inode, name.value()).orElseThrow(() -> absent("link " + name));
    }

    private long inode(Path netns) {
        return Objects.requireNonNullElseGet(kernel.namespaces.get(netns), () -> {
            throw absent("namespace " + netns);
        });
    }

    private Optional<FakeLink> linkTo(long inode, String peerName) {
        return kernel.links.values().stream()
                .filter(link ->
                        link.isIn(inode) && link.peer.orElseThrow().name().equals(peerName))
                .findFirst();
    }

    private void refuseTaken(InterfaceName name) {
        if (kernel.links.containsKey(name.value())) {
            throw new KernelException(Reason.EXISTS, name + " exists", null);
        }
    }

    private FakeLink link(InterfaceName name) {
        return Optional.ofNullable(kernel.links.get(name.value())).orElseThrow(() -> absent("link " + name));
    }

    private static KernelException absent(String what) {
        return new KernelException(Reason.ABSENT, "there is no " + what, null);
    }
}
