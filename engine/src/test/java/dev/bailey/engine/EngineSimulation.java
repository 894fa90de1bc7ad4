package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.firewall.FirewallRules;
import dev.bailey.engine.firewall.NetworkPolicy;
import dev.bailey.engine.firewall.PacketMark;
import dev.bailey.engine.firewall.iptables.IptablesFirewall;
import dev.bailey.engine.kernel.FakeKernel;
import dev.bailey.engine.kernel.FakeKernel.FakeLink;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.store.StateStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One history of an engine on a fake kernel, from one seed: requests, refusals, namespaces that vanish, links that others
 * take away, and deaths of the process at any step, after each of which the model and the kernel must agree.
 */
final class EngineSimulation {
    private static final Path DATA = Path.of("/data");
    private static final Path EXEC = Path.of("/exec");
    private static final int MAX_STEPS_TO_DEATH = 6;
    private static final List<BridgeChoice> BRIDGES = List.of(
            BridgeChoice.DEFAULT,
            new BridgeChoice.OperatorBridge(new InterfaceName("bridge0")),
            new BridgeChoice.NoBridge());

    private final RandomGenerator random;
    private final Supplier<StateStore> stores;
    private final FakeKernel kernel = new FakeKernel();
    private final Set<Path> foreign = new TreeSet<>();
    private DefaultNetworkOptions options = DefaultNetworkOptions.DEFAULT;
    private Engine engine;
    private FirewallBackend backend = FirewallBackend.NFTABLES;
    private int namespaces;
    private int refusalsAtStart;
    int switches;
    int crashes;
    int moves;
    int refusals;

    EngineSimulation(long seed, Supplier<StateStore> stores) {
        this.random = new Random(seed);
        this.stores = stores;
        kernel.addUplink("up0", InterfaceAddress.parse("198.51.100.2/24"), 1450);
        kernel.addBridge("bridge0", InterfaceAddress.parse("10.100.1.1/24"));
        this.engine = start();
    }

    private Engine start() {
        refusalsAtStart = kernel.refusals();
        return Engine.start(
                EngineOptions.of(DATA, EXEC).with(options).withFirewallBackend(backend), kernel, stores.get());
    }

    /** A start with other options, which may die at any of its steps and is then tried again. */
    private void startWithOtherOptions() {
        kernel.failAfter(Long.MAX_VALUE);
        engine.close();
        options = new DefaultNetworkOptions(
                BRIDGES.get(random.nextInt(BRIDGES.size())),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                new NetworkOptions(random.nextBoolean(), random.nextBoolean(), false));
        if (random.nextBoolean()) {
            kernel.crashAfter(random.nextInt(MAX_STEPS_TO_DEATH));
        }
        switches++;
        try {
            engine = start();
        } catch (FakeKernel.Crash crash) {
            kernel.revive();
            engine = start();
        }
    }

    void run(int operations) {
        check();
        for (int i = 0; i < operations; i++) {
            switch (random.nextInt(4)) {
                case 0 -> kernel.crashAfter(random.nextInt(MAX_STEPS_TO_DEATH));
                case 1 -> kernel.failAfter(random.nextInt(MAX_STEPS_TO_DEATH));
                default -> kernel.failAfter(Long.MAX_VALUE);
            }
            operate();
            if (kernel.isDead()) {
                crashes++;
                restart();
            }
            check();
        }
        engine.close();
    }

    private void operate() {
        try {
            switch (random.nextInt(10)) {
                case 0, 1 -> attachForeign();
                case 2, 3 -> attachOwned();
                case 4, 5 -> any(engine.snapshot().endpoints()).ifPresent(e -> engine.detach(e.id()));
                case 6 -> any(engine.snapshot().sandboxes()).ifPresent(s -> engine.removeSandbox(s.id()));
                case 7 -> startWithOtherOptions();
                case 8 ->
                    engine.changeDefaultNetwork(new NetworkOptions(random.nextBoolean(), random.nextBoolean(), false));
                default -> disturb();
            }
        } catch (EngineException refused) {
            refusals++;
        } catch (FakeKernel.Crash crash) {
            assertThat(kernel.isDead()).isTrue();
        }
    }

    private void attachForeign() {
        Path path = Path.of("/run/netns/n" + namespaces++);
        kernel.addNamespace(path);
        foreign.add(path);
        engine.attach(AttachRequest.of(new SandboxTarget.Foreign(path, "")));
    }

    private void attachOwned() {
        SandboxId id = SandboxId.random(random);
        engine.createSandbox(id, "s" + namespaces++);
        engine.attach(AttachRequest.of(new SandboxTarget.Existing(id)));
        InterfaceName second = new InterfaceName("eth1");
        engine.attach(
                new AttachRequest(new SandboxTarget.Existing(id), Network.DEFAULT_NAME, Optional.empty(), second));
    }

    /** What others do; the engine's answer to it is not made to fail. */
    private void disturb() {
        kernel.failAfter(Long.MAX_VALUE);
        if (random.nextBoolean()) {
            any(foreign).ifPresent(path -> {
                foreign.remove(path);
                kernel.removeNamespace(path);
            });
        } else {
            any(engine.snapshot().endpoints())
                    .ifPresent(endpoint -> kernel.stealLink(endpoint.hostEnd().value()));
        }
    }

    private void restart() {
        engine.close();
        kernel.revive();
        moveRules();
        engine = start();
        check();
        if (random.nextInt(4) == 0) {
            startAgain();
        }
    }

    /** At some starts the operator has chosen the other backend; the start itself may die on the way. */
    private void moveRules() {
        if (random.nextInt(3) == 0) {
            moves++;
            backend = backend == FirewallBackend.NFTABLES ? FirewallBackend.IPTABLES : FirewallBackend.NFTABLES;
            kernel.crashAfter(random.nextInt(MAX_STEPS_TO_DEATH));
            try {
                start().close();
            } catch (FakeKernel.Crash crash) {
                crashes++;
            }
            kernel.revive();
        }
    }

    /** A recovery of what was recovered changes nothing. */
    private void startAgain() {
        Map<String, FakeLink> links = kernel.links();
        int commits = kernel.commits();
        Snapshot before = engine.snapshot();
        engine.close();
        engine = start();
        assertThat(kernel.links()).isEqualTo(links);
        assertThat(kernel.commits()).isEqualTo(commits);
        assertThat(engine.snapshot().endpoints()).containsExactlyInAnyOrderElementsOf(before.endpoints());
        assertThat(engine.snapshot().sandboxes()).containsExactlyInAnyOrderElementsOf(before.sandboxes());
    }

    private <T> Optional<T> any(Collection<T> from) {
        List<T> list = new ArrayList<>(from);
        list.sort(java.util.Comparator.comparing(Object::toString));
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
    }

    /** What must hold whenever nothing is under way. */
    private void check() {
        kernel.failAfter(Long.MAX_VALUE);
        engine.removeSandbox(SandboxId.random(random));
        Snapshot model = engine.snapshot();
        checkNetworks(model);
        checkEndpoints(model);
        checkNothingElse(model);
    }

    private void checkNetworks(Snapshot model) {
        assertThat(model.defaultNetwork().isPresent()).isNotEqualTo(options.bridge() instanceof BridgeChoice.NoBridge);
        for (Network network : model.networks()) {
            HostLink bridge = kernel.observe().link(network.bridge().value()).orElseThrow();
            assertThat(bridge.addresses()).contains(network.bridgeAddress());
            assertThat(bridge.up()).isTrue();
            assertThat(bridge.mtuBytes()).isEqualTo(network.owner() == BridgeOwner.ENGINE ? 1450 : 1500);
            // A removal that was refused is tried again at the next start.
            assertThat(network.retired()
                            && model.endpointsOn(network.id()).isEmpty()
                            && kernel.refusals() == refusalsAtStart)
                    .as("%s is of no use any more", network)
                    .isFalse();
        }
        assertThat(kernel.setting("net.ipv4.ip_forward")).isEqualTo("1");
        List<Network> inUse = model.networks().stream()
                .filter(network ->
                        !network.retired() || !model.endpointsOn(network.id()).isEmpty())
                .toList();
        // One whose removal was refused may have its rules still.
        checkRules(policy(model.networks()), policy(inUse));
    }

    private static FirewallPolicy policy(Collection<Network> networks) {
        List<NetworkPolicy> policies = networks.stream().map(NetworkPolicy::of).toList();
        return new FirewallPolicy(policies, PacketMark.DEFAULT_ACCEPT);
    }

    private void checkRules(FirewallPolicy one, FirewallPolicy other) {
        switch (backend) {
            case NFTABLES -> {
                assertThat(kernel.rules().orElseThrow()).isIn(FirewallRules.of(one), FirewallRules.of(other));
                assertThat(kernel.iptables()).isEmpty();
            }
            case IPTABLES -> {
                assertThat(kernel.iptables().orElseThrow()).isIn(IptablesFirewall.of(one), IptablesFirewall.of(other));
                assertThat(kernel.rules()).isEmpty();
            }
        }
    }

    private void checkEndpoints(Snapshot model) {
        Map<String, FakeLink> links = kernel.links();
        Set<InterfaceAddress> addresses = new HashSet<>();
        for (Endpoint endpoint : model.endpoints()) {
            Sandbox sandbox = model.sandbox(endpoint.sandbox()).orElseThrow();
            String hostEnd = endpoint.hostEnd().value();
            assertThat(links).containsKey(hostEnd);
            FakeLink link = Objects.requireNonNull(links.get(hostEnd));
            assertThat(link.namespace).isEqualTo(sandbox.netnsInode());
            assertThat(link.peerName).isEqualTo(endpoint.interfaceName().value());
            assertThat(link.peerAddress).contains(endpoint.address());
            assertThat(link.peerGateway).contains(endpoint.gateway());
            Network network = model.network(endpoint.network()).orElseThrow();
            FakeLink bridge = Objects.requireNonNull(links.get(network.bridge().value()));
            assertThat(link.master()).isEqualTo(bridge.index());
            assertThat(link.isolated()).isNotEqualTo(network.options().icc());
            assertThat(addresses.add(endpoint.address()))
                    .as("%s leased twice", endpoint.address())
                    .isTrue();
        }
    }

    private void checkNothingElse(Snapshot model) {
        Set<String> expected = new TreeSet<>(Set.of("up0", "bridge0"));
        model.networks().forEach(network -> expected.add(network.bridge().value()));
        model.endpoints().forEach(endpoint -> expected.add(endpoint.hostEnd().value()));
        assertThat(kernel.links().keySet()).isEqualTo(expected);
        Set<Path> paths = new TreeSet<>(foreign);
        model.sandboxes().stream().filter(Sandbox::owned).forEach(sandbox -> paths.add(sandbox.netns()));
        assertThat(kernel.namespaces().keySet()).isEqualTo(paths);
        assertThat(model.sandboxes().stream().filter(s -> !s.owned()))
                .as("a sandbox of others without an endpoint")
                .allSatisfy(s -> assertThat(model.endpointsOf(s.id())).isNotEmpty());
    }
}
