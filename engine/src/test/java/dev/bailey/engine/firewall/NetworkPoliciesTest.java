package dev.bailey.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.model.NetworkOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworkPoliciesTest {
    private static Network network(String name, String address) {
        InterfaceAddress bridge = InterfaceAddress.parse(address);
        return new Network(
                NetworkId.random(),
                name,
                new InterfaceName("br-" + name),
                bridge.subnet(),
                bridge.address(),
                1500,
                NetworkOptions.DEFAULT);
    }

    @Test
    void of_networksThatStay_areTheSameObjects_andOthersThoseOfTheirOptionsNow() {
        NetworkPolicies policies = new NetworkPolicies();
        Network stays = network("stays", "10.0.0.1/24");
        Network changes = network("changes", "10.0.1.1/24");
        Network goes = network("goes", "10.0.2.1/24");
        Network changed = changes.with(new NetworkOptions(false, true, false));
        List<NetworkPolicy> before = policies.of(List.of(goes, stays, changes));

        List<NetworkPolicy> after = policies.of(List.of(stays, changed));

        assertThat(before).containsExactly(NetworkPolicy.of(goes), NetworkPolicy.of(stays), NetworkPolicy.of(changes));
        assertThat(after).containsExactly(NetworkPolicy.of(stays), NetworkPolicy.of(changed));
        assertThat(after.getFirst()).isSameAs(before.get(1));
        assertThat(policies.of(List.of(goes)).getFirst()).isNotSameAs(before.getFirst());
    }
}
