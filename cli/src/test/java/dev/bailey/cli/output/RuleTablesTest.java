package dev.bailey.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.view.ChainRow;
import dev.bailey.api.view.HostNatChain;
import dev.bailey.api.view.HostNatTable;
import dev.bailey.api.view.HostTable;
import dev.bailey.api.view.NatRow;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RuleTablesTest {
    private static ChainRow base(String name, String type, String hook, int priority, String policy) {
        return new ChainRow(name, type, hook, priority, policy, "");
    }

    private static ChainRow regular(String name) {
        return new ChainRow(name, "", "", 0, "", "");
    }

    @Test
    void nat_tables_lookAsIptablesListsThem() {
        HostNatTable ours = new HostNatTable(
                "inet",
                "bailey",
                "nftables",
                List.of(new HostNatChain(
                        base("postrouting", "nat", "postrouting", 100, "accept"),
                        0,
                        List.of(
                                new NatRow(null, null, "RETURN", "all", "*", "bailey0", "anywhere", "anywhere", ""),
                                new NatRow(
                                        3L, 180L, "MASQUERADE", "all", "*", "*", "172.17.0.0/16", "0.0.0.0/0", "")))));
        HostNatTable theirs = new HostNatTable(
                "ip",
                "nat",
                "iptables-legacy",
                List.of(
                        new HostNatChain(base("nat-OUT", "nat", "output", -100, "drop"), 0, List.of()),
                        new HostNatChain(
                                regular("DOCKER"),
                                2,
                                List.of(new NatRow(
                                        1L,
                                        60L,
                                        "DNAT",
                                        "tcp",
                                        "!docker0",
                                        "*",
                                        "0.0.0.0/0",
                                        "0.0.0.0/0",
                                        "tcp dpt:8080 to:172.17.0.2:80 /* \u001b[2J */")))));

        assertThat(NatText.of(List.of(ours, theirs))).isEqualTo("""
                Table inet bailey (nftables)
                Chain POSTROUTING (policy ACCEPT)
                 pkts bytes target     prot opt in     out     source               destination
                    -     - RETURN     all  --  *      bailey0  anywhere             anywhere
                    3   180 MASQUERADE all  --  *      *       172.17.0.0/16        0.0.0.0/0

                Table ip nat (iptables-legacy)
                Chain nat-OUT (hook output, policy DROP)
                 pkts bytes target     prot opt in     out     source               destination

                Chain DOCKER (2 references)
                 pkts bytes target     prot opt in     out     source               destination
                    1    60 DNAT       tcp  --  !docker0 *       0.0.0.0/0            0.0.0.0/0            tcp dpt:8080 to:172.17.0.2:80 /* ?[2J */
                """);
    }

    private static final List<HostTable> TABLES = List.of(
            new HostTable(
                    "inet",
                    "bailey",
                    "nftables",
                    "bailey",
                    false,
                    List.of(
                            base("forward", "filter", "forward", 0, "accept"),
                            base("postrouting", "nat", "postrouting", 100, "accept"),
                            regular("to_bailey0"))),
            new HostTable(
                    "inet",
                    "odd",
                    "nftables",
                    "",
                    true,
                    List.of(
                            base("first", "filter", "forward", -5, "accept"),
                            base("second", "filter", "forward", 5, "drop"),
                            new ChainRow("early", "filter", "ingress", -500, "accept", "eth0"))));

    @Test
    void tables_matrix_hasWhatEachTableHasAtEachHook() {
        assertThat(TableMatrix.of(TABLES)).isEqualTo("""
                TABLE                BACKEND    OWNER     PREROUTING   INPUT     FORWARD                  OUTPUT    POSTROUTING      INGRESS                         OTHER CHAINS
                inet bailey          nftables   bailey    -            -         filter 0 accept          -         nat 100 accept   -                               1
                inet odd (dormant)   nftables   -         -            -         first filter -5 accept   -         -                early filter -500 accept eth0   0
                                                                                 second filter 5 drop
                """);
    }

    @Test
    void tables_chains_areALineEach() {
        assertThat(TableMatrix.chains(TABLES)).isEqualTo("""
                TABLE                CHAIN         TYPE      HOOK           PRIORITY   POLICY    BACKEND    OWNER
                inet bailey          forward       filter    forward        0          accept    nftables   bailey
                inet bailey          postrouting   nat       postrouting    100        accept    nftables   bailey
                inet bailey          to_bailey0    -         -              -          -         nftables   bailey
                inet odd (dormant)   first         filter    forward        -5         accept    nftables   -
                inet odd (dormant)   second        filter    forward        5          drop      nftables   -
                inet odd (dormant)   early         filter    ingress eth0   -500       accept    nftables   -
                """);
    }
}
