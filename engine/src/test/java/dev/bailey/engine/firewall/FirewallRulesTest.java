package dev.bailey.engine.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bailey.engine.Golden;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.SourcePorts;
import dev.bailey.engine.model.Subnet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of policies, as text, and what adding a network changes. */
class FirewallRulesTest {
    private static final NetworkPolicy DEFAULT = network("bailey0", "172.17.0.0/16", NetworkOptions.DEFAULT);
    private static final NetworkPolicy PLAIN =
            network("br.plain", "10.1.0.0/24", new NetworkOptions(false, false, false));
    private static final NetworkPolicy INTERNAL =
            network("br@internal", "10.2.0.0/24", new NetworkOptions(true, true, true));

    @Test
    void of_defaultNetwork_golden() throws IOException {
        Golden.check(getClass(), "default-network.nft", text(DEFAULT));
    }

    @Test
    void of_networksOfAllKinds_golden() throws IOException {
        Golden.check(getClass(), "all-kinds.nft", text(INTERNAL, PLAIN, DEFAULT));
    }

    @Test
    void of_gatewayModes_golden() throws IOException {
        Golden.check(getClass(), "modes.nft", text(GatewayModes.all().toArray(NetworkPolicy[]::new)));
    }

    @Test
    void of_ipv6_leavesWithTheHostsAddress_whileANetworkHasIt() {
        NetworkPolicy both = new NetworkPolicy(
                new InterfaceName("br-both"),
                Optional.of(Subnet.parse("10.8.0.0/24")),
                NetworkOptions.DEFAULT,
                Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:8::/64"))));
        assertThat(text(both, DEFAULT))
                .contains("type ipv6_addr : verdict", "ip6 saddr vmap @postrouting_from6", "fd00:8::/64 : goto ");
        assertThat(text(DEFAULT)).doesNotContain("ip6", "ipv6");
        assertThat(RuleSetDiff.between(rules(DEFAULT), rules(both, DEFAULT)))
                .isNotEmpty()
                .noneMatch(change -> change.toString().contains("bailey0"));
    }

    @Test
    void of_networkWithoutIpv4_hasNothingOfIpv4ButThatItDoesNotLeave() {
        NetworkPolicy alone = new NetworkPolicy(
                new InterfaceName("br-alone"),
                Optional.empty(),
                NetworkOptions.DEFAULT,
                Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:8::/64"))));
        RuleSet.Table table = Objects.requireNonNull(rules(alone).tables().get(FirewallRules.TABLE));
        assertThat(Objects.requireNonNull(table.maps().get("postrouting_from")).elements())
                .isEmpty();
        assertThat(text(alone))
                .contains("fd00:8::/64 : goto ", "meta nfproto ipv4 counter drop comment \"no IPv4 on br-alone\"")
                .doesNotContain("saddr 127.0.0.0/8 ct status dnat");
        assertThat(text(DEFAULT)).doesNotContain("no IPv4");
    }

    @Test
    void of_portsChosenAtRandom_saysSoOfThatNetworkAlone() {
        NetworkPolicy random = network("br-r", "10.7.0.0/24", NetworkOptions.DEFAULT.with(SourcePorts.RANDOM));
        assertThat(text(random, DEFAULT).lines().filter(line -> line.endsWith(" masquerade fully-random")))
                .hasSize(1);
        assertThat(text(DEFAULT)).doesNotContain("random");
    }

    @Test
    void of_noNetwork_hasNoElementAndNoChainOfANetwork() {
        assertThat(text()).doesNotContain("elements", "bailey0").contains("ct state established,related accept");
    }

    @Test
    void of_anotherNetwork_addsItsElementsAndChainsOnly() {
        List<Change> changes = RuleSetDiff.between(rules(DEFAULT), rules(DEFAULT, PLAIN, INTERNAL));
        assertThat(changes)
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change)
                        .isInstanceOfAny(Change.AddChain.class, Change.AddRule.class, Change.AddElement.class));
        assertThat(changes).noneMatch(change -> change.toString().contains("bailey0"));
    }

    /** A packet's way must not get longer with the number of networks: nothing but maps and own chains may grow. */
    @Test
    void of_manyNetworks_noChainGrows() {
        List<NetworkPolicy> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(network("br" + i, "10.0." + i + ".0/24", NetworkOptions.DEFAULT));
        }
        RuleSet ruleSet = rules(many.toArray(NetworkPolicy[]::new));
        assertThat(ruleSet.tables().values())
                .flatExtracting(table -> table.chains().values())
                .hasSizeGreaterThan(200)
                .allSatisfy(chain -> assertThat(chain.rules()).hasSizeLessThanOrEqualTo(8));
    }

    @Test
    void policy_order_makesNoDifference() {
        assertThat(rules(DEFAULT, PLAIN, INTERNAL)).isEqualTo(rules(INTERNAL, DEFAULT, PLAIN));
        assertThat(text(DEFAULT, PLAIN, INTERNAL)).isEqualTo(text(INTERNAL, DEFAULT, PLAIN));
    }

    @Test
    void policy_networksThatCollide_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules(DEFAULT, network("bailey0", "10.0.0.0/8", NetworkOptions.DEFAULT)))
                .withMessage("two networks have the bridge bailey0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rules(
                        network("a", "10.9.0.0/24", NetworkOptions.DEFAULT),
                        DEFAULT,
                        network("b", "10.0.0.0/8", NetworkOptions.DEFAULT)))
                .withMessage("subnet 10.0.0.0/8 of b overlaps 10.9.0.0/24 of a");
        for (String bridge : new String[] {"a\"b", "a*"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> network(bridge, "10.0.0.0/8", NetworkOptions.DEFAULT))
                    .withMessage(bridge + " cannot be the bridge of a network: its name may not contain '\"' or '*'");
        }
    }

    @Test
    void mark_parse_readsDockersNotation() {
        assertThat(PacketMark.parse("0x10/0xff"))
                .isEqualTo(new PacketMark(16, 255))
                .hasToString("0x10/0xff");
        assertThat(PacketMark.parse("1")).isEqualTo(new PacketMark(1, -1)).hasToString("0x1");
        assertThat(PacketMark.parse("4294967295")).isEqualTo(new PacketMark(-1, -1));
        for (String bad : new String[] {"", "x", "1/", "/1", "-1", "0x", "4294967296", "1/2/3"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PacketMark.parse(bad))
                    .withMessage(
                            "'" + bad + "' is not a packet mark: write a mark as VALUE or VALUE/MASK, each a 32-bit"
                                    + " number like 0x2000000");
        }
        for (String bad : new String[] {"0", "3/2", "0/1", "1/0"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PacketMark.parse(bad))
                    .withMessageContaining("its value must have a bit, and no bit outside the mask");
        }
    }

    private static String text(NetworkPolicy... networks) {
        return NftText.of(rules(networks));
    }

    private static RuleSet rules(NetworkPolicy... networks) {
        return FirewallRules.of(new FirewallPolicy(List.of(networks), PacketMark.DEFAULT_ACCEPT));
    }

    private static NetworkPolicy network(String bridge, String subnet, NetworkOptions options) {
        return new NetworkPolicy(new InterfaceName(bridge), Subnet.parse(subnet), options);
    }
}
