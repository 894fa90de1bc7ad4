package dev.bailey.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.Seed;
import dev.bailey.engine.firewall.RuleSet.Chain;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KnownChainsTest {
    private static final int NETWORKS = 6;

    @Test
    void of_whateverWasKnown_isWhatItWouldBeWithout() {
        RandomGenerator random = Seed.generator("KnownChainsTest");
        KnownChains known = new KnownChains();
        for (int turn = 0; turn < 500; turn++) {
            FirewallPolicy policy = policy(random);

            assertThat(FirewallRules.of(policy, known)).isEqualTo(FirewallRules.of(policy));
        }
    }

    @Test
    void of_networkThatStays_hasTheSameRules() {
        KnownChains known = new KnownChains();
        NetworkPolicy stays = network(0, NetworkOptions.DEFAULT, false);
        NetworkPolicy comes = network(1, NetworkOptions.DEFAULT, false);

        List<Chain> before = chains(FirewallRules.of(of(List.of(stays)), known));
        List<Chain> after = chains(FirewallRules.of(of(List.of(stays, comes)), known));

        assertThat(after)
                .filteredOn(chain -> chain.name().endsWith("_br0"))
                .allSatisfy(chain -> assertThat(before)
                        .anySatisfy(earlier -> assertThat(earlier).isSameAs(chain)));
    }

    private static List<Chain> chains(RuleSet rules) {
        return List.copyOf(Objects.requireNonNull(rules.tables().get(FirewallRules.TABLE))
                .chains()
                .values());
    }

    private static FirewallPolicy policy(RandomGenerator random) {
        return of(IntStream.range(0, NETWORKS)
                .filter(_ -> random.nextBoolean())
                .mapToObj(number -> network(
                        number,
                        new NetworkOptions(random.nextBoolean(), random.nextBoolean(), random.nextInt(4) == 0),
                        random.nextInt(4) == 0))
                .toList());
    }

    private static FirewallPolicy of(List<NetworkPolicy> networks) {
        return new FirewallPolicy(networks, PacketMark.DEFAULT_ACCEPT);
    }

    private static NetworkPolicy network(int number, NetworkOptions options, boolean ipv6) {
        return new NetworkPolicy(
                new InterfaceName("br" + number),
                Optional.of(Subnet.parse("10." + number + ".0.0/16")),
                options,
                ipv6 ? Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:" + number + "::/64"))) : Optional.empty());
    }
}
