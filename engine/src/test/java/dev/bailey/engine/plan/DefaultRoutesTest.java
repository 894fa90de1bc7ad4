package dev.bailey.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.kernel.SandboxStep;
import dev.bailey.engine.kernel.SandboxStep.SourceRoute;
import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.model.Subnet;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who has the default route of a sandbox on several networks. */
class DefaultRoutesTest {
    private static final Network BACK = network("back", 1);
    private static final Network FRONT = network("front", 2);
    private static final Sandbox SANDBOX = new Sandbox(SandboxId.random(), "web", Path.of("/exec/netns/web"), 7, true);

    private static Network network(String name, int number) {
        Subnet subnet = Subnet.parse("10.0." + number + ".0/24");
        InterfaceName bridge = new InterfaceName("br" + number);
        return new Network(NetworkId.random(), name, bridge, subnet, subnet.firstHost(), 1500, NetworkOptions.DEFAULT);
    }

    private static Endpoint on(Network network, String interfaceName, int priority) {
        InterfaceAddress address = new InterfaceAddress(
                network.ipv4().orElseThrow().subnet().base().plus(2), 24);
        return new Endpoint(
                EndpointId.random(),
                network.id(),
                SANDBOX.id(),
                new InterfaceName(interfaceName),
                new InterfaceName("host-" + interfaceName),
                address,
                network.ipv4().orElseThrow().gateway(),
                MacAddress.derivedFrom(address.address()),
                1500,
                List.of(),
                priority);
    }

    private static Snapshot model(Endpoint... endpoints) {
        Snapshot model = Snapshot.empty().with(BACK).with(FRONT).with(SANDBOX);
        for (Endpoint endpoint : endpoints) {
            model = model.with(endpoint);
        }
        return model;
    }

    @Test
    void holder_equalPriorities_firstNameHasIt() {
        Endpoint front = on(FRONT, "eth0", 0);
        Endpoint back = on(BACK, "eth1", 0);
        assertThat(DefaultRoutes.holder(List.of(front, back), model(front, back)))
                .contains(back);
    }

    @Test
    void holder_higherPriority_hasIt() {
        Endpoint front = on(FRONT, "eth0", 1);
        Endpoint back = on(BACK, "eth1", 0);
        assertThat(DefaultRoutes.holder(List.of(front, back), model(front, back)))
                .contains(front);
    }

    @Test
    void holderLast_anyOrder_theOthersGoBeforeIt() {
        Endpoint front = on(FRONT, "eth0", 1);
        Endpoint back = on(BACK, "eth1", 0);
        Snapshot model = model(front, back);
        assertThat(DefaultRoutes.holderLast(List.of(front, back), model)).containsExactly(back, front);
        assertThat(DefaultRoutes.holderLast(List.of(back, front), model)).containsExactly(back, front);
    }

    @Test
    void leaving_holder_passesItOn_andOthersDoNot() {
        Endpoint front = on(FRONT, "eth0", 1);
        Endpoint back = on(BACK, "eth1", 0);
        Snapshot model = model(front, back);
        List<Step> passing = DefaultRoutes.leaving(front, SANDBOX, model);
        assertThat(passing)
                .first()
                .isInstanceOfSatisfying(
                        SandboxStep.MoveDefaultRoute.class,
                        move -> assertThat(move.to().sandboxEnd()).isEqualTo(back.interfaceName()));
        assertThat(passing).last().isEqualTo(sourceRoutes(both(front, back), Set.of()));
        assertThat(DefaultRoutes.leaving(back, SANDBOX, model))
                .containsExactly(sourceRoutes(both(front, back), Set.of()));
        assertThat(DefaultRoutes.leaving(back, SANDBOX, model(back))).isEmpty();
    }

    @Test
    void taking_second_eachAnswersByItself() {
        Endpoint front = on(FRONT, "eth0", 0);
        Endpoint back = on(BACK, "eth1", 0);
        List<Step> taking = DefaultRoutes.taking(back, List.of(front), SANDBOX, model(front));
        assertThat(taking).hasSize(2);
        assertThat(taking).first().isEqualTo(sourceRoutes(Set.of(), both(front, back)));
        assertThat(taking).last().isInstanceOf(SandboxStep.MoveDefaultRoute.class);
        assertThat(DefaultRoutes.taking(front, List.of(back), SANDBOX, model(back)))
                .containsExactly(sourceRoutes(Set.of(), both(front, back)));
    }

    @Test
    void settling_saysWhatIsWanted_alsoWhereThatIsNothing() {
        Endpoint front = on(FRONT, "eth0", 0);
        Endpoint back = on(BACK, "eth1", 0);
        assertThat(DefaultRoutes.settling(SANDBOX, model(front, back)))
                .contains(sourceRoutes(both(front, back), both(front, back)));
        assertThat(DefaultRoutes.settling(SANDBOX, model(front))).contains(sourceRoutes(Set.of(), Set.of()));
        assertThat(DefaultRoutes.leavingAll(SANDBOX, model(front, back)))
                .containsExactly(sourceRoutes(both(front, back), Set.of()));
    }

    private static Step sourceRoutes(Set<SourceRoute> before, Set<SourceRoute> wanted) {
        return new SandboxStep.CommitSourceRoutes(SANDBOX.netns(), before, wanted);
    }

    private static Set<SourceRoute> both(Endpoint one, Endpoint other) {
        return Set.of(routeOf(one, other), routeOf(other, one));
    }

    private static SourceRoute routeOf(Endpoint endpoint, Endpoint other) {
        return new SourceRoute(
                endpoint.ipv4().orElseThrow().address(),
                new SandboxStep.Hop(
                        endpoint.interfaceName(), endpoint.ipv4().orElseThrow().gateway()),
                Set.of(other.ipv4().orElseThrow().address().subnet()));
    }
}
