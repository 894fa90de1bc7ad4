package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.view.Backend;
import dev.bailey.engine.view.FirewallTable;
import dev.bailey.engine.view.NatChain;
import dev.bailey.engine.view.NatRule;
import dev.bailey.engine.view.NatTable;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the inspector makes of a real kernel's rules, ours and everybody's, beside what iptables and nft say of them. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class LookingAtRulesLabTest {
    /** Rules that need more than one of everything, some with expressions that nobody here knows. */
    private static final String FOREIGN = """
            table inet foreign {
                quota q { over 10 mbytes }
                counter seen { }
                set blocked { type ipv4_addr; flags interval,timeout; elements = { 192.0.2.0/24 timeout 1h, 203.0.113.7 } }
                set watched { type ipv4_addr . inet_service; flags dynamic; size 100; }
                map marks { type ipv4_addr : mark; elements = { 192.0.2.1 : 0x7 } }
                map objects { type ipv4_addr : counter; elements = { 192.0.2.1 : "seen" } }
                chain weird {
                    ip saddr @blocked drop
                    meta mark set ip saddr map @marks
                    counter name ip saddr map @objects
                    quota name "q" drop
                    meta nftrace set 1
                    add @watched { ip saddr . tcp dport limit rate 3/minute }
                    numgen inc mod 2 vmap { 0 : accept, 1 : return }
                    jhash ip saddr mod 4 seed 0x1 1
                    tcp option maxseg size set rt mtu
                    log prefix "weird" level info
                    notrack
                }
                chain nat-out {
                    type nat hook postrouting priority srcnat + 5; policy accept;
                    oifname { "eth0", "eth1" } ip saddr 10.9.0.0/24 tcp dport { 80, 443 } counter masquerade random
                    ip daddr 10.9.0.1-10.9.0.5 udp dport 9 snat to 198.51.100.2-198.51.100.9:1000-2000 persistent
                    numgen random mod 2 0 accept
                    jump weird
                }
                chain nat-in {
                    type nat hook prerouting priority dstnat; policy accept;
                    tcp dport 8081 redirect to :8082
                    ip6 daddr fd00::1 tcp dport 8083 dnat ip6 to [fd00::2]:80
                    iifname "br-*" udp dport 5000-5010 dnat ip to 10.9.0.2
                    ct mark 0x5 meta pkttype broadcast fib saddr . iif oif missing drop
                }
                chain early { type filter hook ingress device "eth0" priority -500; policy accept; }
            }
            table bridge frames {
                chain forward { type filter hook forward priority 0; policy drop; }
            }
            table arp neighbours {
                chain input { type filter hook input priority 0; policy accept; }
            }
            """;

    private Site site;
    private LabHost host;
    private RunningEngine bailey;

    @BeforeEach
    void build(Lab lab) {
        site = Site.build(lab);
        host = site.host();
        bailey = RunningEngine.start(host);
    }

    @AfterEach
    void stop() {
        bailey.close();
    }

    private NatTable table(String family, String name, Backend backend) {
        return bailey.inspector().nat().stream()
                .filter(table ->
                        table.family().equals(family) && table.name().equals(name) && table.backend() == backend)
                .findFirst()
                .orElseThrow();
    }

    private static NatChain chain(NatTable table, String name) {
        return table.chains().stream()
                .filter(chain -> chain.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String columns(NatRule rule) {
        return String.join(
                        " ",
                        rule.target(),
                        rule.protocol(),
                        rule.in(),
                        rule.out(),
                        rule.source(),
                        rule.destination(),
                        rule.details())
                .strip();
    }

    @Test
    void nat_ofOurs_hasTheSeedsShapeAndCountsConnections(Lab lab) {
        LabHost box = lab.host("web");
        bailey.attach(box);
        try (TcpServer server = site.internet().tcpWhoAmI(Site.SERVICE, 80)) {
            for (int i = 0; i < 3; i++) {
                box.connectTcp(Site.SERVICE, 80).close();
            }
        }

        List<NatRule> rules =
                chain(table("inet", "bailey", Backend.NFTABLES), "postrouting").rules();

        assertThat(rules)
                .extracting(LookingAtRulesLabTest::columns)
                .containsExactly(
                        "hairpin_bailey0 all * bailey0 anywhere anywhere [goto]",
                        "MASQUERADE all * * 172.17.0.0/16 0.0.0.0/0");
        assertThat(rules.getLast().packets()).hasValue(3);
        assertThat(host.exec("nft", "-j", "list", "ruleset").output())
                .contains(
                        "\"packets\": 3, \"bytes\": " + rules.getLast().bytes().getAsLong());
    }

    /** Docker's rules and some more, through either kind of iptables. */
    private static final List<String> IPTABLES_RULES = List.of(
            "-N DOCKER",
            "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER",
            "-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER",
            "-A POSTROUTING -s 172.18.0.0/16 ! -o docker0 -j MASQUERADE",
            "-A POSTROUTING -s 172.18.0.2/32 -d 172.18.0.2/32 -p tcp -m tcp --dport 80 -j MASQUERADE",
            "-A POSTROUTING -o eth+ -m mark --mark 0x1/0xff -j SNAT --to-source 198.51.100.2",
            "-A DOCKER -i docker0 -j RETURN",
            "-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:80",
            "-A DOCKER -p udp -m multiport --dports 53,5353 -m comment --comment why -j REDIRECT --to-ports 54",
            "-A DOCKER -m conntrack --ctstate RELATED,ESTABLISHED -j LOG --log-prefix seen");

    @ParameterizedTest
    @CsvSource({"iptables-nft, NFTABLES", "iptables-legacy, IPTABLES_LEGACY"})
    void nat_ofIptables_isWhatIptablesLists(String program, Backend backend) {
        for (String rule : IPTABLES_RULES) {
            List<String> words = new ArrayList<>(List.of(program, "-w", "-t", "nat"));
            words.addAll(List.of(rule.split(" ")));
            host.command(words.toArray(String[]::new)).run();
        }
        host.command(program, "-w", "-t", "nat", "-P", "INPUT", "ACCEPT").run();

        NatTable table = table("ip", "nat", backend);

        assertThat(listing(table))
                .isEqualTo(normal(host.exec(program, "-w", "-t", "nat", "-nvxL").lines()));
    }

    /** Chains without a rule that leads to them are left out of nf_tables' listing, as are empty built-in ones that are not there. */
    private static Map<String, List<String>> listing(NatTable table) {
        return table.chains().stream()
                .filter(chain -> !chain.rules().isEmpty())
                .collect(Collectors.toMap(
                        NatChain::name,
                        chain -> chain.rules().stream()
                                .map(rule -> rule.packets().getAsLong() + " " + columns(rule))
                                .toList()));
    }

    /** iptables' lines: {@code 0 0 DNAT 6 -- * * 0.0.0.0/0 …}, protocols by number or by name, as its version has it. */
    private static Map<String, List<String>> normal(List<String> lines) {
        Map<String, List<String>> chains = new HashMap<>();
        List<String> rules = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("Chain ")) {
                rules = chains.computeIfAbsent(line.split(" ")[1], _ -> new ArrayList<>());
            } else if (line.matches("\\s*\\d.*")) {
                String[] words = line.strip().split("\\s+");
                List<String> kept = new ArrayList<>(List.of(words));
                kept.remove(4);
                kept.set(3, Map.of("0", "all", "6", "tcp", "17", "udp").getOrDefault(words[3], words[3]));
                kept.remove(1);
                rules.add(String.join(" ", kept));
            }
        }
        chains.values().removeIf(List::isEmpty);
        return chains;
    }

    @Test
    void nat_foreignRulesOfEveryKind_areListedAndNothingCrashes() {
        host.command("nft", "-f", "-").input(FOREIGN).run();

        NatTable table = table("inet", "foreign", Backend.NFTABLES);

        assertThat(table.chains()).extracting(NatChain::name).containsExactly("nat-in", "nat-out", "weird");
        assertThat(chain(table, "nat-in").rules())
                .extracting(LookingAtRulesLabTest::columns)
                .startsWith(
                        "REDIRECT tcp * * anywhere anywhere tcp dpt:8081 redir ports 8082",
                        "DNAT tcp * * ::/0 fd00::1 tcp dpt:8083 to:[fd00::2]:80",
                        "DNAT udp br-+ * 0.0.0.0/0 0.0.0.0/0 udp dpts:5000:5010 to:10.9.0.2");
        assertThat(chain(table, "nat-out").rules())
                .extracting(LookingAtRulesLabTest::columns)
                .first()
                .asString()
                .startsWith("MASQUERADE tcp * * 10.9.0.0/24 0.0.0.0/0")
                .contains("eth0", "443")
                .endsWith("random");
        assertThat(chain(table, "nat-out").rules().get(1).details()).contains("to:198.51.100.2-198.51.100.9:1000-2000");
        assertThat(chain(table, "weird").rules())
                .extracting(NatRule::details)
                .anyMatch(details -> details.contains("<log>"))
                .anyMatch(details -> details.contains("<notrack>"))
                .anyMatch(details -> details.contains("@blocked"));
    }

    @Test
    void tables_ofEverybody_areThoseOfNftAndOfLegacy(Lab lab) {
        bailey.attach(lab.host("web"));
        host.command("nft", "-f", "-").input(FOREIGN).run();
        host.command("iptables-nft", "-w", "-t", "mangle", "-P", "FORWARD", "DROP")
                .run();
        host.command("iptables-legacy", "-w", "-t", "filter", "-P", "FORWARD", "DROP")
                .run();
        host.command("iptables-legacy", "-w", "-t", "filter", "-N", "MINE").run();
        host.command("ip6tables-legacy", "-w", "-t", "raw", "-A", "OUTPUT", "-j", "ACCEPT")
                .run();

        List<FirewallTable> tables = bailey.inspector().tables();

        assertThat(tables)
                .filteredOn(table -> table.backend() == Backend.NFTABLES)
                .extracting(table -> "table " + table.family() + " " + table.name())
                .containsExactlyInAnyOrderElementsOf(
                        host.exec("nft", "list", "tables").lines());
        assertThat(tables)
                .extracting(table -> table.family() + " of " + table.owner())
                .startsWith("bridge of bailey", "inet of bailey", "inet of operator");
        assertThat(hooks(tables, "inet foreign nftables"))
                .containsExactlyInAnyOrder(
                        "nat-out nat postrouting 105 accept",
                        "nat-in nat prerouting -100 accept",
                        "early filter ingress -500 accept eth0");
        assertThat(hooks(tables, "bridge frames nftables")).containsExactly("forward filter forward 0 drop");
        assertThat(hooks(tables, "arp neighbours nftables")).containsExactly("input filter input 0 accept");
        assertThat(hooks(tables, "ip mangle nftables")).contains("FORWARD filter forward -150 drop");
        assertThat(hooks(tables, "ip filter iptables-legacy"))
                .containsExactly(
                        "INPUT filter input 0 accept",
                        "FORWARD filter forward 0 drop",
                        "OUTPUT filter output 0 accept");
        assertThat(hooks(tables, "ip6 raw iptables-legacy"))
                .containsExactly("PREROUTING filter prerouting -300 accept", "OUTPUT filter output -300 accept");
        assertThat(tables)
                .filteredOn(table -> table.name().equals("mangle"))
                .extracting(FirewallTable::owner)
                .containsExactly("iptables");
        assertThat(tables)
                .filteredOn(table -> table.backend() == Backend.IPTABLES_LEGACY
                        && table.name().equals("filter"))
                .flatExtracting(FirewallTable::chains)
                .extracting(FirewallTable.Chain::name)
                .contains("MINE");
    }

    @Test
    void looking_atTables_loadsNone() {
        bailey.inspector().tables();
        bailey.inspector().nat();

        assertThat(host.exec("cat", "/proc/net/ip_tables_names", "/proc/net/ip6_tables_names")
                        .output())
                .isEmpty();
    }

    private static List<String> hooks(List<FirewallTable> tables, String which) {
        return tables.stream()
                .filter(table -> which.equals(table.family() + " " + table.name() + " "
                        + table.backend().word()))
                .flatMap(table -> table.chains().stream())
                .filter(chain -> chain.base().isPresent())
                .map(chain -> {
                    var hook = chain.base().orElseThrow();
                    return (chain.name() + " " + hook.type() + " " + hook.hook() + " " + hook.priority() + " "
                                    + hook.policy() + " " + hook.device())
                            .strip();
                })
                .toList();
    }
}
