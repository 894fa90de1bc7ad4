package dev.bailey.engine.simulation;

import static dev.bailey.engine.simulation.Invariants.require;

import dev.bailey.engine.EngineOptions;
import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.firewall.FirewallRules;
import dev.bailey.engine.firewall.NetworkPolicy;
import dev.bailey.engine.firewall.PacketMark;
import dev.bailey.engine.firewall.PortElement;
import dev.bailey.engine.firewall.PortElements;
import dev.bailey.engine.firewall.RuleSet;
import dev.bailey.engine.firewall.iptables.IptablesFirewall;
import dev.bailey.engine.kernel.FakeHost;
import dev.bailey.engine.kernel.FakeLink;
import dev.bailey.engine.kernel.FakeLink.Peer;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.SandboxStep.Hop;
import dev.bailey.engine.kernel.SandboxStep.Ipv6End;
import dev.bailey.engine.kernel.SandboxStep.SourceRoute;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointIpv4;
import dev.bailey.engine.model.EndpointIpv6;
import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.IpFamily;
import dev.bailey.engine.model.IpSubnet;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv4;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.plan.Ipv6Settings;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** That the kernel is as the model says, in all that is the engine's and in nothing else. */
final class KernelInvariants {
    private static final String AGREE = "model and kernel agree";

    private final FakeHost host;
    private final Snapshot model;
    private final EngineOptions options;
    private final Map<String, FakeLink> links;
    private final Set<Path> foreign;
    private final boolean mayBeLate;

    private KernelInvariants(World world) {
        this.host = world.host;
        this.model = world.model();
        this.options = world.options();
        this.links = world.host.allLinks();
        this.foreign = world.foreign;
        this.mayBeLate = world.wasRefused();
    }

    /** Throws {@link Broken} at the first difference. */
    static void check(World world) {
        KernelInvariants invariants = new KernelInvariants(world);
        invariants.inUse().forEach(invariants::checkBridge);
        require(host(world).setting(FakeHost.FORWARDING).equals("1"), AGREE, "packets are not forwarded");
        invariants.checkRules();
        invariants.model.endpoints().forEach(invariants::checkEndpoint);
        invariants.checkGuards();
        for (IpFamily family : IpFamily.values()) {
            invariants.checkWaysOut(family);
        }
        invariants.checkSourceRoutes();
        invariants.checkNothingElse();
    }

    private static FakeHost host(World world) {
        return world.host;
    }

    private void checkBridge(Network network) {
        String name = network.bridge().value();
        Optional<HostLink> found = host.linkNamed(name);
        require(found.isPresent(), AGREE, "network " + network.name() + " has no bridge " + name);
        HostLink bridge = found.orElseThrow();
        require(bridge.up(), AGREE, "bridge " + name + " is down");
        boolean ours = network.owner() == BridgeOwner.ENGINE;
        Optional<InterfaceAddress> ipv4 =
                network.ipv4().filter(NetworkIpv4::bridgeAddressed).map(NetworkIpv4::bridgeAddress);
        require(
                ipv4.isPresent()
                        ? bridge.addresses().contains(ipv4.get())
                        : bridge.addresses().isEmpty(),
                AGREE,
                "bridge " + name + " has " + bridge.addresses() + ", not " + ipv4);
        Optional<Ipv6InterfaceAddress> ipv6 =
                network.ipv6().filter(NetworkIpv6::bridgeAddressed).map(NetworkIpv6::bridgeAddress);
        require(
                !ours || bridge.ipv6Addresses().isEmpty() == ipv6.isEmpty(),
                AGREE,
                "bridge " + name + " has " + bridge.ipv6Addresses() + ", not " + ipv6);
        require(
                ipv6.filter(address -> !bridge.ipv6Addresses().contains(address))
                        .isEmpty(),
                AGREE,
                "bridge " + name + " has " + bridge.ipv6Addresses() + " and not " + ipv6);
        require(
                ipv6.isEmpty() || host.setting(Ipv6Settings.FORWARDING).equals("1"),
                AGREE,
                "IPv6 packets are not forwarded");
        int mtu = ours ? network.mtuBytes() : 1500;
        require(bridge.mtuBytes() == mtu, AGREE, "bridge " + name + " has MTU " + bridge.mtuBytes() + ", not " + mtu);
        int wanted = network.isDefault() ? options.defaultNetwork().mtuBytes().orElse(1450) : 1450;
        require(
                network.retired() || network.mtuBytes() == wanted,
                "the MTU is as wanted",
                network.name() + " has " + network.mtuBytes() + ", not " + wanted);
    }

    private void checkRules() {
        List<Network> inUse = inUse();
        require(
                inUse.size() == model.networks().size() || mayBeLate,
                "a network goes with its last endpoint",
                "there are " + model.networks() + ", in use are " + inUse);
        boolean asWanted = areRulesOf(inUse) || mayBeLate && areRulesOf(model.networks());
        require(
                asWanted,
                AGREE,
                "rules of " + options.firewallBackend() + " for " + inUse + ": wanted\n"
                        + FirewallRules.of(policy(inUse)) + "\nthere\n" + host.nftables() + "\n" + host.iptables()
                        + "\npublished " + model.ports() + "\nthere " + host.ports());
    }

    private List<Network> inUse() {
        return model.networks().stream()
                .filter(network ->
                        !network.retired() || !model.endpointsOn(network.id()).isEmpty())
                .toList();
    }

    private boolean areRulesOf(Collection<Network> networks) {
        return switch (options.firewallBackend()) {
            case NFTABLES ->
                host.nftables().equals(FirewallRules.of(policy(networks)))
                        && host.ports().equals(elements())
                        && host.iptables().isEmpty();
            case IPTABLES ->
                host.iptables().equals(Optional.of(IptablesFirewall.of(policy(networks), model.ports())))
                        && host.nftables().equals(RuleSet.EMPTY)
                        && host.ports().isEmpty();
        };
    }

    private Set<PortElement> elements() {
        return PortElements.of(model.ports().all());
    }

    private static FirewallPolicy policy(Collection<Network> networks) {
        return new FirewallPolicy(networks.stream().map(NetworkPolicy::of).toList(), PacketMark.DEFAULT_ACCEPT);
    }

    private void checkEndpoint(Endpoint endpoint) {
        String name = endpoint.hostEnd().value();
        FakeLink link = links.get(name);
        if (link == null || link.peer.isEmpty()) {
            throw new Broken(AGREE, "endpoint " + endpoint.addressText() + " has no host end " + name);
        }
        Network network = model.network(endpoint.network()).orElseThrow();
        Sandbox sandbox = model.sandbox(endpoint.sandbox()).orElseThrow();
        NetworkOptions let = network.options();
        Peer there = link.peer.orElseThrow();
        // Where no path leads to a sandbox any more, its default route stays as it is when one of its ends is lost.
        boolean reachable = host.inodeAt(sandbox.netns()) == sandbox.netnsInode();
        Peer wanted = new Peer(
                sandbox.netnsInode(),
                endpoint.interfaceName().value(),
                endpoint.mac(),
                endpoint.mtuBytes(),
                endpoint.ipv4().map(EndpointIpv4::address),
                reachable ? gateway(endpoint) : there.gateway(),
                endpoint.ipv6()
                        .map(part -> new Ipv6End(part.address(), reachable ? gateway(endpoint, part) : was(there))));
        require(there.equals(wanted), AGREE, "sandbox end of " + name + " is " + there + ", not " + wanted);
        FakeLink bridge = links.get(network.bridge().value());
        require(bridge != null && link.master == bridge.index, AGREE, name + " is no port of " + network.bridge());
        boolean publishes = !model.ports().of(endpoint.id()).isEmpty();
        require(link.hairpin == publishes, AGREE, name + " has hairpin mode " + link.hairpin);
        RateLimits limits = new RateLimits(link.limit, link.otherLimit);
        require(limits.equals(endpoint.limits()), AGREE, name + " has " + limits + ", not " + endpoint.limits());
        require(link.up, AGREE, name + " is down");
        require(link.mtuBytes >= endpoint.mtuBytes(), AGREE, name + " has MTU " + link.mtuBytes);
        require(link.isolated != let.icc(), AGREE, name + " isolated: " + link.isolated + ", icc: " + let.icc());
    }

    private void checkGuards() {
        Set<Guard> wanted = model.endpoints().stream()
                .flatMap(endpoint -> Guard.of(endpoint, networkOf(endpoint)).stream())
                .collect(Collectors.toSet());
        require(host.guards().equals(wanted), AGREE, "guards " + host.guards() + ", of the model " + wanted);
    }

    private void checkWaysOut(IpFamily family) {
        Set<String> senders = host.egress(family).senders().stream()
                .map(sender -> sender.address() + " " + sender.source() + " " + sender.allowed() + " "
                        + sender.way().isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted = model.endpoints().stream()
                .filter(endpoint -> !endpoint.egress().isNone(family))
                .flatMap(endpoint -> endpoint
                        .address(family)
                        .map(address -> address.address() + " "
                                + endpoint.egress().source(family) + " "
                                + endpoint.egress().allowed() + " "
                                + endpoint.egress().way().isPresent())
                        .stream())
                .collect(Collectors.toCollection(TreeSet::new));
        require(senders.equals(wanted), AGREE, "senders " + senders + ", of the model " + wanted);
        Set<IpSubnet> networks = model.networks().stream()
                .filter(network -> network.options().way().isPresent())
                .flatMap(network -> network.subnet(family).stream())
                .collect(Collectors.toSet());
        require(
                host.egress(family).networks().keySet().equals(networks),
                AGREE,
                "ways of networks " + host.egress(family).networks() + ", of the model " + networks);
    }

    /**
     * Where its path leads to another namespace by now, or to none, nobody can change a sandbox's routes. Where all of its
     * endpoints went a rule may be left, if the kernel would not remove it: it leads nowhere.
     */
    private void checkSourceRoutes() {
        Map<Long, Map<SourceRoute, Integer>> wanted = new TreeMap<>();
        model.sandboxes().stream()
                .filter(sandbox -> !model.endpointsOf(sandbox.id()).isEmpty())
                .forEach(sandbox -> wanted.put(sandbox.netnsInode(), sourceRoutes(sandbox)));
        host.namespacePaths().stream().map(host::inodeAt).forEach(inode -> {
            Map<SourceRoute, Integer> expected = wanted.getOrDefault(inode, Map.of());
            Map<SourceRoute, Integer> there = new HashMap<>(host.sourceRoutes(inode));
            if (!wanted.containsKey(inode)) {
                there.values().removeIf(index -> links.values().stream().noneMatch(link -> link.index == index));
            }
            require(there.equals(expected), AGREE, "source routes in " + inode + ": " + there + ", not " + expected);
        });
    }

    /** Of several endpoints that could have the default route of a family each has a source route. */
    private Map<SourceRoute, Integer> sourceRoutes(Sandbox sandbox) {
        Map<SourceRoute, Integer> ofIpv4 = new HashMap<>();
        Map<SourceRoute, Integer> ofIpv6 = new HashMap<>();
        for (Endpoint endpoint : model.endpointsOf(sandbox.id())) {
            int index = links.get(endpoint.hostEnd().value()).index;
            if (networkOf(endpoint).givesDefaultRoute()) {
                EndpointIpv4 part = endpoint.ipv4().orElseThrow();
                Hop hop = new Hop(endpoint.interfaceName(), part.gateway());
                ofIpv4.put(
                        new SourceRoute(
                                part.address(),
                                hop,
                                others(
                                        endpoint,
                                        each -> each.ipv4()
                                                .map(its -> its.address().subnet()))),
                        index);
            }
            endpoint.ipv6()
                    .filter(_ -> networkOf(endpoint).givesIpv6DefaultRoute())
                    .ifPresent(part -> ofIpv6.put(
                            new SourceRoute(
                                    part.address(),
                                    new Hop(endpoint.interfaceName(), part.gateway()),
                                    others(
                                            endpoint,
                                            each -> each.ipv6()
                                                    .map(its -> its.address().subnet()))),
                            index));
        }
        Map<SourceRoute, Integer> routes = new HashMap<>();
        Stream.of(ofIpv4, ofIpv6).filter(each -> each.size() > 1).forEach(routes::putAll);
        return routes;
    }

    private Set<IpSubnet> others(Endpoint endpoint, Function<Endpoint, Optional<IpSubnet>> subnet) {
        return model.endpointsOf(endpoint.sandbox()).stream()
                .filter(other -> !other.equals(endpoint))
                .flatMap(other -> subnet.apply(other).stream())
                .collect(Collectors.toSet());
    }

    private Optional<Ipv4Address> gateway(Endpoint endpoint) {
        return endpoint.ipv4()
                .map(EndpointIpv4::gateway)
                .filter(_ -> hasDefaultRoute(endpoint, each -> networkOf(each).givesDefaultRoute()));
    }

    private Optional<Ipv6Address> gateway(Endpoint endpoint, EndpointIpv6 part) {
        return Optional.of(part.gateway())
                .filter(_ -> hasDefaultRoute(
                        endpoint,
                        each -> each.ipv6().isPresent() && networkOf(each).givesIpv6DefaultRoute()));
    }

    private static Optional<Ipv6Address> was(Peer there) {
        return there.ipv6().flatMap(Ipv6End::gateway);
    }

    /** The highest priority has it, and of those the network whose name comes first. */
    private boolean hasDefaultRoute(Endpoint endpoint, Predicate<Endpoint> gives) {
        return model.endpointsOf(endpoint.sandbox()).stream()
                .filter(gives)
                .max(Comparator.comparingInt(Endpoint::gatewayPriority)
                        .thenComparing(each -> networkOf(each).name(), Comparator.reverseOrder())
                        .thenComparing(each -> each.interfaceName().value(), Comparator.reverseOrder()))
                .filter(endpoint::equals)
                .isPresent();
    }

    private Network networkOf(Endpoint endpoint) {
        return model.network(endpoint.network()).orElseThrow();
    }

    private void checkNothingElse() {
        Set<String> expected = new TreeSet<>(Set.of(World.UPLINK, World.OPERATOR_BRIDGE));
        model.networks().stream()
                .map(network -> network.bridge().value())
                .filter(name -> !mayBeLate || links.containsKey(name))
                .forEach(expected::add);
        model.endpoints().forEach(endpoint -> expected.add(endpoint.hostEnd().value()));
        require(links.keySet().equals(expected), AGREE, "links " + links.keySet() + ", of the model " + expected);
        Set<Path> paths = new TreeSet<>(foreign);
        model.sandboxes().stream().filter(Sandbox::owned).forEach(sandbox -> paths.add(sandbox.netns()));
        require(
                host.namespacePaths().equals(paths),
                AGREE,
                "namespaces " + host.namespacePaths() + ", of the model and of others " + paths);
        model.sandboxes().stream()
                .filter(sandbox -> !sandbox.owned())
                .forEach(sandbox -> require(
                        !model.endpointsOf(sandbox.id()).isEmpty(),
                        AGREE,
                        "sandbox " + sandbox.name() + " of others has no endpoint"));
        checkUntouched(World.UPLINK, InterfaceAddress.parse("198.51.100.2/24"));
        checkUntouched(World.OPERATOR_BRIDGE, InterfaceAddress.parse("10.100.1.1/24"));
    }

    private void checkUntouched(String name, InterfaceAddress address) {
        FakeLink link = links.get(name);
        boolean same = link != null && link.up && link.master == 0 && link.addresses.equals(List.of(address));
        require(same, "what others have stays as it is", name + " is now " + link);
    }
}
