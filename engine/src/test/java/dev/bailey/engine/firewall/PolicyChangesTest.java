package dev.bailey.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.Seed;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PolicyChangesTest {
    private static final int NETWORKS = 6;
    private static final PacketMark OTHER_MARK = PacketMark.parse("0x10");

    @Test
    void changes_ofAnyTwo_areThoseBetweenTheirWholeRuleSets() {
        RandomGenerator random = Seed.generator("PolicyChangesTest");
        FirewallPolicy before = policy(random);
        for (int turn = 0; turn < 500; turn++) {
            FirewallPolicy after = policy(random);

            List<Change> changes = FirewallRules.changes(before, after);

            RuleSet from = FirewallRules.of(before);
            RuleSet to = FirewallRules.of(after);
            assertThat(new StrictTables(from).apply(changes)).isEqualTo(to);
            assertThat(new HashSet<>(changes)).isEqualTo(new HashSet<>(RuleSetDiff.between(from, to)));
            before = after;
        }
    }

    @Test
    void unlike_networksThatBothHave_areNotThere() {
        NetworkPolicy stays = network(0, NetworkOptions.DEFAULT, true);
        NetworkPolicy comes = network(1, NetworkOptions.DEFAULT, false);
        FirewallPolicy after = of(List.of(stays, comes), PacketMark.DEFAULT_ACCEPT);

        assertThat(after.unlike(of(List.of(stays), PacketMark.DEFAULT_ACCEPT)).networks())
                .containsExactly(comes);
        assertThat(after.unlike(of(List.of(stays), OTHER_MARK))).isEqualTo(after);
    }

    private static FirewallPolicy policy(RandomGenerator random) {
        List<NetworkPolicy> networks = IntStream.range(0, NETWORKS)
                .filter(_ -> random.nextBoolean())
                .mapToObj(number -> network(
                        number,
                        new NetworkOptions(random.nextBoolean(), random.nextBoolean(), random.nextInt(4) == 0),
                        random.nextInt(4) == 0))
                .toList();
        return of(networks, random.nextInt(10) == 0 ? OTHER_MARK : PacketMark.DEFAULT_ACCEPT);
    }

    private static FirewallPolicy of(List<NetworkPolicy> networks, PacketMark mark) {
        return new FirewallPolicy(networks, mark);
    }

    private static NetworkPolicy network(int number, NetworkOptions options, boolean ipv6) {
        return new NetworkPolicy(
                new InterfaceName("br" + number),
                Optional.of(Subnet.parse("10." + number + ".0.0/16")),
                options,
                ipv6 ? Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:" + number + "::/64"))) : Optional.empty());
    }
}
