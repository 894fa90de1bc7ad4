package dev.bailey.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.kernel.HostView;
import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.kernel.LinkStep;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworkPlanTest {
    private static final InterfaceName BRIDGE = new InterfaceName("bailey0");
    private static final InterfaceAddress FORMER = InterfaceAddress.parse("172.17.0.1/16");

    private static Network network(InterfaceAddress address) {
        return new Network(
                NetworkId.random(),
                Network.DEFAULT_NAME,
                BRIDGE,
                address.subnet(),
                address.address(),
                1500,
                NetworkOptions.DEFAULT);
    }

    @Test
    void formerAddress_ofTheEnginesBridgeWithAnotherOne_isTakenAway() {
        Network before = network(FORMER);
        Network now = network(InterfaceAddress.parse("10.1.0.1/24"));
        HostLink bridge = new HostLink(
                3,
                BRIDGE.value(),
                LinkKind.BRIDGE,
                0,
                true,
                1450,
                false,
                false,
                List.of(FORMER, InterfaceAddress.parse("192.0.2.1/24")));
        HostView host = new HostView(List.of(bridge), List.of());

        assertThat(NetworkPlan.formerAddress(before, now, host))
                .containsExactly(new LinkStep.RemoveAddress(BRIDGE, FORMER));
        assertThat(NetworkPlan.formerAddress(before, before, host)).isEmpty();
        assertThat(NetworkPlan.formerAddress(before, before.retire(), host)).isEmpty();
        assertThat(NetworkPlan.formerAddress(before, now, new HostView(List.of(), List.of())))
                .isEmpty();
    }
}
