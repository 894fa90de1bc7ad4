package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.firewall.RuleSet;
import dev.bailey.engine.kernel.FakeHost;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.model.BrokenPart;
import dev.bailey.engine.model.BrokenPart.Kind;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.reconcile.FakeAlarm;
import dev.bailey.engine.reconcile.RepairPace;
import dev.bailey.engine.simulation.Fate;
import dev.bailey.engine.store.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others break on a fake kernel, and what the engine makes of it. */
class RepairsTest {
    private static final String BRIDGE = "bailey0";
    private static final BrokenPart BRIDGE_PART = new BrokenPart(Kind.LINK, BRIDGE);

    @TempDir
    Path folder;

    private final Fate fate = new Fate();
    private final FakeHost kernel = new FakeHost(fate, Runnable::run);
    private final FakeAlarm alarm = new FakeAlarm();
    private final List<EngineEvent> events = new CopyOnWriteArrayList<>();
    private Engine engine;
    private Endpoint endpoint;

    @BeforeEach
    void start() {
        kernel.addUplink("up0", InterfaceAddress.parse("198.51.100.2/24"), 1450);
        kernel.makeNamespace(Path.of("/run/netns/web"));
        engine = start(EngineOptions.of(folder.resolve("data"), folder.resolve("exec")));
        endpoint = engine.attach(AttachRequest.of(new SandboxTarget.Foreign(Path.of("/run/netns/web"), "web")));
        events.clear();
    }

    private Engine start(EngineOptions options) {
        Engine started = Engine.start(options, kernel, StateStore.open(options.dataRoot()), alarm);
        started.subscribe(events::add);
        return started;
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void bridgeIsRemoved_comesBackWithItsPorts() {
        kernel.steal(BRIDGE);

        settle();
        HostLink bridge = link(BRIDGE);
        assertThat(bridge.addresses()).containsExactly(InterfaceAddress.parse("172.17.0.1/16"));
        assertThat(bridge.up()).isTrue();
        assertThat(link(endpoint.hostEnd().value()).master()).isEqualTo(bridge.index());
        assertThat(repaired()).containsExactly(BRIDGE_PART);
    }

    @Test
    void bridgeIsSetDownAndFlushed_isAsBefore() {
        HostLink before = link(BRIDGE);
        kernel.setDown(BRIDGE);
        kernel.flushAddresses(BRIDGE);
        kernel.setMtu(BRIDGE, 9000);

        settle();
        assertThat(link(BRIDGE)).isEqualTo(before);
    }

    @Test
    void hostEndIsFreedOrSetDown_isAsBefore() {
        String hostEnd = endpoint.hostEnd().value();
        HostLink before = link(hostEnd);
        kernel.release(hostEnd);
        kernel.setDown(hostEnd);

        settle();
        assertThat(link(hostEnd)).isEqualTo(before);
        assertThat(repaired()).containsOnly(new BrokenPart(Kind.LINK, hostEnd));
    }

    @Test
    void hostEndIsRemoved_isMadeAnewWithItsAddress() {
        kernel.steal(endpoint.hostEnd().value());

        settle();
        assertThat(kernel.allLinks().get(endpoint.hostEnd().value()))
                .satisfies(link -> assertThat(link.peer.orElseThrow().address())
                        .contains(endpoint.ipv4().orElseThrow().address()));
    }

    @Test
    void namespaceIsGone_endpointIsLostAndNothingIsRepaired() {
        kernel.endNamespace(Path.of("/run/netns/web"));

        settle();
        assertThat(engine.snapshot().endpoints()).isEmpty();
        assertThat(repaired()).isEmpty();
    }

    @Test
    void forwardingIsSwitchedOff_isOnAgain() {
        kernel.set("net.ipv4.ip_forward", "0");

        settle();
        assertThat(kernel.setting("net.ipv4.ip_forward")).isEqualTo("1");
        assertThat(repaired()).containsExactly(new BrokenPart(Kind.SETTING, "net.ipv4.ip_forward"));
    }

    @Test
    void rulesAreGone_areThereAgain_withEitherBackend() {
        RuleSet rules = kernel.nftables();
        kernel.flushRules();
        settle();
        assertThat(kernel.nftables()).isEqualTo(rules).isNotEqualTo(RuleSet.EMPTY);

        engine.close();
        engine = start(EngineOptions.of(folder.resolve("data"), folder.resolve("exec"))
                .withFirewallBackend(FirewallBackend.IPTABLES));
        var iptables = kernel.iptables();
        kernel.flushRules();
        settle();
        assertThat(kernel.iptables()).isPresent().isEqualTo(iptables);
        assertThat(kernel.nftables()).isEqualTo(RuleSet.EMPTY);
    }

    @Test
    void brokenAgainAndAgain_isMendedMoreSlowlyAndSaysSo() {
        for (int i = 0; i < 20; i++) {
            kernel.setDown(BRIDGE);
            settle();
        }
        assertThat(repaired()).hasSize(RepairPace.AT_ONCE);
        assertThat(link(BRIDGE).up()).isFalse();
        assertThat(events)
                .filteredOn(EngineEvent.RepairPostponed.class::isInstance)
                .containsExactly(new EngineEvent.RepairPostponed(
                        BRIDGE_PART, "was down again and again", Duration.ofMillis(100)));

        alarm.pass(Duration.ofMillis(100));
        settle();
        assertThat(link(BRIDGE).up()).isTrue();
    }

    @Test
    void refusedRepair_isTriedAgain() {
        fate.plan(Set.of(1), -1, false);
        kernel.setDown(BRIDGE);
        settle();
        assertThat(link(BRIDGE).up()).isFalse();
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(((EngineEvent.RepairPostponed) event).reason())
                        .contains("was down, and refused on purpose"));

        alarm.pass(Duration.ofSeconds(1));
        settle();
        assertThat(link(BRIDGE).up()).isTrue();
    }

    @Test
    void uplinkComes_networkHasTheSmallestMtuAndOlderEndpointsKeepTheirs() {
        kernel.addUplink("up1", InterfaceAddress.parse("203.0.113.2/24"), 1400);

        settle();
        assertThat(engine.snapshot().defaultNetwork().orElseThrow().mtuBytes()).isEqualTo(1400);
        assertThat(link(BRIDGE).mtuBytes()).isEqualTo(1400);
        assertThat(link(endpoint.hostEnd().value()).mtuBytes()).isEqualTo(1450);
        assertThat(events).contains(new EngineEvent.UplinksChanged(List.of("up0", "up1")));
        kernel.makeNamespace(Path.of("/run/netns/new"));
        Endpoint younger = engine.attach(AttachRequest.of(new SandboxTarget.Foreign(Path.of("/run/netns/new"), "")));
        assertThat(younger.mtuBytes()).isEqualTo(1400);

        kernel.removeUplink("up1");
        settle();
        assertThat(link(BRIDGE).mtuBytes()).isEqualTo(1450);
        assertThat(link(younger.hostEnd().value()).mtuBytes()).isEqualTo(1450);
        assertThat(repaired()).isEmpty();
    }

    @Test
    void uplinkGoes_itsConnectionsAreForgotten() {
        kernel.addUplink("up1", InterfaceAddress.parse("203.0.113.2/24"), 1400);
        kernel.removeUplink("up0");

        settle();
        assertThat(kernel.forgotten()).containsExactly(Ipv4Address.parse("198.51.100.2"));

        kernel.removeUplink("up1");
        settle();
        assertThat(engine.snapshot().defaultNetwork().orElseThrow().mtuBytes())
                .as("what it was while there was an uplink")
                .isEqualTo(1400);
    }

    @Test
    void mtuIsSet_doesNotFollow() {
        engine.close();
        DefaultNetworkOptions fixed = new DefaultNetworkOptions(
                BridgeChoice.DEFAULT, Optional.empty(), Optional.empty(), OptionalInt.of(1300), NetworkOptions.DEFAULT);
        engine = start(
                EngineOptions.of(folder.resolve("data"), folder.resolve("exec")).with(fixed));
        kernel.addUplink("up1", InterfaceAddress.parse("203.0.113.2/24"), 1280);

        settle();
        assertThat(link(BRIDGE).mtuBytes()).isEqualTo(1300);
    }

    @Test
    void operatorsBridge_isSetUpAndNeverMade_itsPortsRejoinIt() {
        engine.close();
        kernel.addOperatorBridge("bridge0", InterfaceAddress.parse("10.100.1.1/24"));
        BridgeChoice own = new BridgeChoice.OperatorBridge(new InterfaceName("bridge0"));
        DefaultNetworkOptions options = new DefaultNetworkOptions(
                own, Optional.empty(), Optional.empty(), OptionalInt.empty(), NetworkOptions.DEFAULT);
        engine = start(
                EngineOptions.of(folder.resolve("data"), folder.resolve("exec")).with(options));
        kernel.makeNamespace(Path.of("/run/netns/db"));
        Endpoint db = engine.attach(AttachRequest.of(new SandboxTarget.Foreign(Path.of("/run/netns/db"), "db")));
        kernel.setDown("bridge0");
        settle();
        assertThat(link("bridge0").up()).isTrue();

        kernel.flushAddresses("bridge0");
        kernel.setMtu("bridge0", 1280);
        settle();
        assertThat(link("bridge0").addresses()).isEmpty();
        assertThat(link("bridge0").mtuBytes()).isEqualTo(1280);

        kernel.steal("bridge0");
        settle();
        assertThat(kernel.allLinks()).doesNotContainKey("bridge0");
        assertThat(link(db.hostEnd().value()).master()).isZero();

        kernel.addOperatorBridge("bridge0", InterfaceAddress.parse("10.100.1.1/24"));
        kernel.touch("bridge0");
        settle();
        assertThat(link(db.hostEnd().value()).master())
                .isEqualTo(link("bridge0").index());
    }

    @Test
    void nothingIsBroken_nothingIsAskedOrChanged() {
        int questions = kernel.questions();
        kernel.touch("up0");

        settle();
        assertThat(kernel.questions()).isEqualTo(questions);
        assertThat(events).isEmpty();
    }

    private HostLink link(String name) {
        return kernel.observe(List.of(new InterfaceName(name))).link(name).orElseThrow();
    }

    private List<BrokenPart> repaired() {
        return events.stream()
                .filter(EngineEvent.Repaired.class::isInstance)
                .map(event -> ((EngineEvent.Repaired) event).part())
                .toList();
    }

    /** Tasks of the writer run in the order they came: when this one is done, the repairs are. */
    private void settle() {
        engine.removeSandbox(dev.bailey.engine.model.SandboxId.random());
    }
}
