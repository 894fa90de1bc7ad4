package dev.bailey.engine.firewall.iptables;

import static dev.bailey.engine.firewall.iptables.Policies.DEFAULT;
import static dev.bailey.engine.firewall.iptables.Policies.INTERNAL;
import static dev.bailey.engine.firewall.iptables.Policies.PLAIN;
import static dev.bailey.engine.firewall.iptables.Policies.network;
import static dev.bailey.engine.firewall.iptables.Policies.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.EngineException;
import dev.bailey.engine.Golden;
import dev.bailey.engine.firewall.GatewayModes;
import dev.bailey.engine.firewall.NetworkPolicy;
import dev.bailey.engine.firewall.PortRulesTest;
import dev.bailey.engine.model.GatewayMode;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkIpv6;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.engine.model.SourcePorts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of policies as {@code iptables-restore} gets them. */
class IptablesFirewallTest {
    @Test
    void of_defaultNetwork_golden() throws IOException {
        Golden.check(getClass(), "default-network.rules", text(rules(DEFAULT)));
    }

    @Test
    void of_networksOfAllKinds_golden() throws IOException {
        Golden.check(getClass(), "all-kinds.rules", text(rules(INTERNAL, PLAIN, DEFAULT)));
    }

    @Test
    void of_portsOfAllKinds_golden() throws IOException {
        Golden.check(getClass(), "ports.rules", text(Policies.of(PortRulesTest.allKinds(), DEFAULT)));
    }

    @Test
    void of_gatewayModes_golden() throws IOException {
        NetworkPolicy[] networks = GatewayModes.all().toArray(NetworkPolicy[]::new);
        Golden.check(getClass(), "modes.rules", text(Policies.of(PortRulesTest.ofModes(), networks)));
        Golden.check(
                getClass(),
                "source-address.rules",
                text(Policies.of(PortRulesTest.ofModes(), GatewayModes.all().getFirst())));
    }

    @Test
    void of_ipv6_golden() throws IOException {
        NetworkPolicy dual = dual(DEFAULT, "fd00:17::/64", GatewayMode.NAT, Optional.empty());
        Golden.check(getClass(), "ports6.rules", text(Policies.of(PortRulesTest.allKindsOfIpv6(), dual)));
        NetworkPolicy[] networks = {
            dual,
            dual(INTERNAL, "fd00:2::/64", GatewayMode.ISOLATED, Optional.empty()),
            dual(PLAIN, "fd00:1::/64", GatewayMode.ROUTED, Optional.empty()),
            dual(
                    network("br-open", "10.4.0.0/24", NetworkOptions.DEFAULT),
                    "fd00:4::/64",
                    GatewayMode.NAT_UNPROTECTED,
                    Optional.of(Ipv6Address.parse("2001:db8::9"))),
            network("br-ipv4", "10.5.0.0/24", NetworkOptions.DEFAULT)
        };
        Golden.check(getClass(), "modes6.rules", text(rules(networks)));
    }

    @Test
    void of_networkWithoutIpv4_isInTheTablesOfIpv6_andDroppedInThoseOfIpv4() {
        NetworkPolicy alone = new NetworkPolicy(
                new InterfaceName("br-alone"),
                Optional.empty(),
                NetworkOptions.DEFAULT,
                Optional.of(NetworkIpv6.of(Ipv6Subnet.parse("fd00:8::/64"))));
        IptablesRules rules = rules(alone, DEFAULT);
        assertThat(IptablesFirewall.bridges(rules)).containsExactlyInAnyOrder(alone.bridge(), DEFAULT.bridge());
        assertThat(rules.ipv4().getFirst().chains().get(Chains.FORWARD))
                .contains("-i br-alone ! -o br-alone -j DROP", "-o br-alone -j DROP");
        assertThat(rules.ipv4().getLast().anchors().toString())
                .contains("-s 172.17.0.0/16 ! -o bailey0")
                .doesNotContain("br-alone");
        assertThat(rules.ipv6().getLast().anchors().toString()).contains("-s fd00:8::/64 ! -o br-alone -j MASQUERADE");
        assertThat(rules.ipv6().getFirst().chains().get(Chains.FORWARD))
                .doesNotContain("-i br-alone ! -o br-alone -j DROP");
    }

    @Test
    void of_portsChosenAtRandom_saysSoOfThatNetworkAlone() {
        NetworkPolicy random = network("br-r", "10.7.0.0/24", NetworkOptions.DEFAULT.with(SourcePorts.RANDOM));
        assertThat(text(rules(random))).contains("-s 10.7.0.0/24 ! -o br-r -j MASQUERADE --random-fully\n");
        assertThat(text(rules(random, DEFAULT)))
                .contains("-A BAILEY-MASQUERADE -s 10.7.0.0/24 -j MASQUERADE --random-fully\n")
                .contains("-A BAILEY-MASQUERADE -j MASQUERADE\n");
    }

    private static NetworkPolicy dual(
            NetworkPolicy network, String subnet, GatewayMode mode, Optional<Ipv6Address> source) {
        NetworkIpv6 plain = NetworkIpv6.of(Ipv6Subnet.parse(subnet));
        NetworkIpv6 part =
                new NetworkIpv6(plain.bridgeAddress(), plain.range(), plain.gateway(), Map.of(), mode, source);
        return new NetworkPolicy(network.bridge(), network.subnet(), network.options(), Optional.of(part));
    }

    @Test
    void between_onePortMore_saysOneRule() {
        PublishedPorts ports = PortRulesTest.allKinds();
        PublishedPort first = ports.all().getFirst();
        List<IptablesRules.Table> without =
                Policies.of(ports.without(List.of(first)), DEFAULT).ipv4();
        List<IptablesRules.Table> with = Policies.of(ports, DEFAULT).ipv4();
        assertThat(RestoreText.between(without, with)).isEqualTo("""
                *nat
                -I BAILEY -p tcp -m tcp --dport 7000:7002 -j DNAT --to-destination 172.17.0.2:80-82/7000
                COMMIT
                """);
        assertThat(RestoreText.between(with, without)).isEqualTo("""
                *nat
                -D BAILEY -p tcp -m tcp --dport 7000:7002 -j DNAT --to-destination 172.17.0.2:80-82/7000
                COMMIT
                """);
    }

    @Test
    void of_noNetwork_isAcceptedAndDropsNothing() {
        FakeIptables tables = new FakeIptables();
        tables.restore(RestoreText.between(List.of(), rules().ipv4()));
        assertThat(tables.save()).contains("-A FORWARD -j BAILEY-FORWARD").doesNotContain("DROP", "MASQUERADE");
    }

    @Test
    void of_bridgeWithANameThatMeansOthersAsWell_isRefused() {
        for (String bridge : new String[] {"br+", "-br", "!br", "br'", "br\\"}) {
            assertThatThrownBy(() -> rules(network(bridge, "10.0.0.0/8", NetworkOptions.DEFAULT)))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("bridge " + bridge + " cannot be told to iptables: take a name of letters, digits and"
                            + " . _ @ -, or the nftables backend");
        }
    }

    private static String text(IptablesRules rules) {
        return "# iptables-restore --noflush\n" + RestoreText.between(List.of(), rules.ipv4())
                + "# ip6tables-restore --noflush\n" + RestoreText.between(List.of(), rules.ipv6());
    }
}
