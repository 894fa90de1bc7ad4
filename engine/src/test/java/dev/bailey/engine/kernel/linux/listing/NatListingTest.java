package dev.bailey.engine.kernel.linux.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.view.NatRule;
import dev.bailey.engine.view.NatTable;
import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.nftables.Chain;
import dev.bailey.netlink.nftables.ChainType;
import dev.bailey.netlink.nftables.Clause;
import dev.bailey.netlink.nftables.CtState;
import dev.bailey.netlink.nftables.CtStatus;
import dev.bailey.netlink.nftables.Element;
import dev.bailey.netlink.nftables.Expression;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.FieldType;
import dev.bailey.netlink.nftables.Hook;
import dev.bailey.netlink.nftables.HookPoint;
import dev.bailey.netlink.nftables.InstalledRule;
import dev.bailey.netlink.nftables.MapData;
import dev.bailey.netlink.nftables.MapDefinition;
import dev.bailey.netlink.nftables.Matches;
import dev.bailey.netlink.nftables.Policy;
import dev.bailey.netlink.nftables.Prefix;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.Selector;
import dev.bailey.netlink.nftables.SetContent;
import dev.bailey.netlink.nftables.Statements;
import dev.bailey.netlink.nftables.TableId;
import dev.bailey.netlink.nftables.UnknownExpression;
import dev.bailey.netlink.nftables.Value;
import dev.bailey.netlink.nftables.ValueType;
import dev.bailey.netlink.nftables.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules of nf_tables in iptables' notation, word by word. */
class NatListingTest {
    private static final TableId INET = new TableId(Family.INET, "bailey");
    private static final TableId IP = new TableId(Family.IP, "nat");

    private static Chain base(TableId table, String name, HookPoint point) {
        return Chain.base(table, name, Hook.of(ChainType.NAT, point, 0, Policy.ACCEPT));
    }

    private static List<String> rows(TableId table, Clause... clauses) {
        return rows(Rule.of(table, "c", List.of(clauses)), Map.of());
    }

    private static List<String> rows(Rule rule, Map<String, SetContent> sets) {
        return RuleRows.of(rule, sets).stream()
                .map(Draft::row)
                .map(NatListingTest::text)
                .toList();
    }

    private static String text(NatRule row) {
        String counts = row.packets().isPresent()
                ? row.packets().getAsLong() + "/" + row.bytes().getAsLong() + " "
                : "";
        return (counts
                        + String.join(
                                " ",
                                row.target(),
                                row.protocol(),
                                row.in(),
                                row.out(),
                                row.source(),
                                row.destination(),
                                row.details()))
                .strip();
    }

    private static String raw(Expression... expressions) {
        return rows(new Rule(IP, "c", List.of(expressions), Optional.empty()), Map.of())
                .getFirst();
    }

    private static UnknownExpression xt(String kind, String name, int revision, ByteBuffer info) {
        AttributeWriter data =
                new AttributeWriter().string(1, name).be32(2, revision).bytes(3, info.array());
        return new UnknownExpression(kind, Value.of(data.toByteArray()));
    }

    private static ByteBuffer info(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    @Test
    void columns_ofWhatIptablesKnows_areFilled() {
        assertThat(rows(
                        IP,
                        Matches.iifname("eth0"),
                        Matches.oifnameNot("bailey0"),
                        Matches.saddr(Prefix.parse("172.17.0.0/16")),
                        Matches.daddrNot(Prefix.parse("10.1.2.3/32")),
                        Statements.counter(),
                        Statements.masquerade()))
                .containsExactly("0/0 MASQUERADE all eth0 !bailey0 172.17.0.0/16 !10.1.2.3");
        assertThat(rows(IP, Matches.saddr(Prefix.parse("172.16.0.0/12")), Statements.accept()))
                .containsExactly("ACCEPT all * * 172.16.0.0/12 0.0.0.0/0");
        assertThat(rows(INET, Matches.saddr(Prefix.parse("fd00:1::/64")), Statements.drop()))
                .containsExactly("DROP all * * fd00:1::/64 ::/0");
        assertThat(rows(INET, Matches.oifname("bailey0"), Statements.returning()))
                .containsExactly("RETURN all * bailey0 anywhere anywhere");
        assertThat(rows(new TableId(Family.IP6, "nat"), Statements.accept()))
                .containsExactly("ACCEPT all * * ::/0 ::/0");
    }

    @Test
    void details_ofWhatIptablesHasWordsFor_areItsOwn() {
        assertThat(rows(
                        IP,
                        Matches.fibDaddrLocal(),
                        Matches.l4proto(Value.TCP),
                        Matches.dport(8080),
                        Statements.dnat(Value.address("172.17.0.2"), 80)))
                .containsExactly(
                        "DNAT tcp * * 0.0.0.0/0 0.0.0.0/0 ADDRTYPE match dst-type LOCAL tcp dpt:8080 to:172.17.0.2:80");
        assertThat(rows(IP, Matches.ctState(CtState.ESTABLISHED, CtState.RELATED), Statements.goTo("elsewhere")))
                .containsExactly("elsewhere all * * 0.0.0.0/0 0.0.0.0/0 [goto] ctstate RELATED,ESTABLISHED");
        assertThat(rows(IP, Matches.mark(1, 0xff), Statements.snat(Value.address("198.51.100.2"))))
                .containsExactly("SNAT all * * 0.0.0.0/0 0.0.0.0/0 mark match 0x1/0xff to:198.51.100.2");
        assertThat(rows(
                        IP,
                        Matches.l4proto(Value.UDP),
                        Matches.range(Selector.UDP_DPORT, Value.port(8000), Value.port(8010)),
                        Statements.drop()))
                .containsExactly("DROP udp * * 0.0.0.0/0 0.0.0.0/0 udp dpts:8000:8010");
    }

    @Test
    void details_ofWhatIptablesHasNoWordsFor_areNftsOrTheKernelsName() {
        assertThat(rows(IP, Matches.ctStatus(CtStatus.DNAT), Statements.limitPerSecond(5), Statements.accept()))
                .containsExactly("ACCEPT all * * 0.0.0.0/0 0.0.0.0/0 ct status dnat limit rate 5/second");
        assertThat(raw(new UnknownExpression("quota", Value.of((byte) 1))))
                .isEqualTo("all * * 0.0.0.0/0 0.0.0.0/0 <quota>");
        assertThat(raw(new UnknownExpression("match", Value.of((byte) 1)))).endsWith(" <match>");
        assertThat(raw(xt("match", "geoip", 0, info(4)))).endsWith(" <match geoip>");
        assertThat(raw(xt("match", "addrtype", 1, info(1)))).endsWith(" <match addrtype>");
        assertThat(raw(xt("target", "TPROXY", 1, info(4)))).startsWith("TPROXY all");
    }

    @Test
    void extensions_ofIptablesNft_areReadOutOfTheirStructs() {
        assertThat(raw(xt("match", "addrtype", 1, info(8).putShort(2, (short) 4).putInt(4, 2))))
                .endsWith("ADDRTYPE match dst-type !LOCAL");
        assertThat(raw(xt(
                        "match",
                        "conntrack",
                        3,
                        info(168).putShort(146, (short) 1).putShort(150, (short) 6))))
                .endsWith("ctstate RELATED,ESTABLISHED");
        assertThat(raw(xt(
                        "target",
                        "DNAT",
                        2,
                        info(44).putInt(0, 3)
                                .put(4, new byte[] {10, 0, 0, 2})
                                .put(20, new byte[] {10, 0, 0, 2})
                                .put(36, new byte[] {0, 80, 0, 80}))))
                .startsWith("DNAT ")
                .endsWith("to:10.0.0.2:80");
        assertThat(raw(xt("target", "MASQUERADE", 0, info(20).putInt(0, 1).putInt(4, 20))))
                .startsWith("MASQUERADE ")
                .endsWith("random-fully");
        assertThat(raw(xt("target", "MARK", 2, info(8).putInt(0, 5).putInt(4, -1))))
                .endsWith("MARK set 0x5");
    }

    private static final MapDefinition PORTS = MapDefinition.of(
            INET,
            "ports",
            ValueType.of(FieldType.PROTOCOL, FieldType.PORT),
            new MapData.Values(ValueType.of(FieldType.IPV4, FieldType.PORT)));

    @Test
    void map_ofPublishedPorts_isARowForEach() {
        Element web = Element.of(Value.TCP, Value.port(8080)).to(Value.address("172.17.0.2"), Value.port(80));
        Element dns = Element.of(Value.UDP, Value.port(53)).to(Value.address("172.17.0.3"), Value.port(53));
        Rule rule = Rule.of(
                INET,
                "c",
                List.of(Matches.fibDaddrLocal(), Statements.dnat(PORTS, Selector.L4PROTO, Selector.TH_DPORT)));

        assertThat(rows(rule, Map.of("ports", new SetContent(PORTS, List.of(dns, web)))))
                .containsExactly(
                        "DNAT tcp * * 0.0.0.0/0 0.0.0.0/0 ADDRTYPE match dst-type LOCAL tcp dpt:8080 to:172.17.0.2:80",
                        "DNAT udp * * 0.0.0.0/0 0.0.0.0/0 ADDRTYPE match dst-type LOCAL udp dpt:53 to:172.17.0.3:53");
        assertThat(rows(rule, Map.of("ports", new SetContent(PORTS, List.of()))))
                .isEmpty();
    }

    @Test
    void table_ofBaileys_hasTheShapeOfIptablesOwn() {
        MapDefinition to = MapDefinition.of(INET, "to", ValueType.of(FieldType.INTERFACE_NAME), MapData.VERDICTS);
        MapDefinition from = MapDefinition.intervals(INET, "from", ValueType.of(FieldType.IPV4), MapData.VERDICTS);
        List<InstalledRule> rules = new ArrayList<>();
        rules.add(new InstalledRule(1, Rule.of(INET, "postrouting", List.of(Statements.vmap(to, Selector.OIFNAME)))));
        rules.add(new InstalledRule(
                2, Rule.of(INET, "postrouting", List.of(Statements.vmap(from, Selector.IP_SADDR)))));
        rules.add(new InstalledRule(
                3, Rule.of(INET, "masquerade_bailey0", List.of(Statements.counter(), Statements.masquerade()))));
        NatListing listing = NatListing.of(
                INET,
                List.of(base(INET, "postrouting", HookPoint.POSTROUTING), Chain.regular(INET, "masquerade_bailey0")),
                rules);

        assertThat(listing.references()).containsExactlyInAnyOrder("to", "from");
        NatTable table = listing.table(Map.of(
                "to",
                new SetContent(
                        to, List.of(Element.of(Value.interfaceName("bailey0")).to(Verdict.RETURN))),
                "from",
                new SetContent(
                        from,
                        List.of(Element.of(Prefix.parse("172.17.0.0/16")).to(Verdict.goTo("masquerade_bailey0"))))));

        assertThat(table.chains()).singleElement().satisfies(chain -> {
            assertThat(chain.name()).isEqualTo("postrouting");
            assertThat(chain.rules())
                    .extracting(NatListingTest::text)
                    .containsExactly(
                            "RETURN all * bailey0 anywhere anywhere", "0/0 MASQUERADE all * * 172.17.0.0/16 0.0.0.0/0");
        });
    }

    @Test
    void table_chainsThatMatter_areListedWithTheirReferences() {
        List<InstalledRule> rules = List.of(
                new InstalledRule(
                        1, Rule.of(IP, "PREROUTING", List.of(Matches.fibDaddrLocal(), Statements.jump("DOCKER")))),
                new InstalledRule(
                        2, Rule.of(IP, "OUTPUT", List.of(Matches.fibDaddrLocal(), Statements.jump("DOCKER")))),
                new InstalledRule(
                        3, Rule.of(IP, "DOCKER", List.of(Matches.iifname("docker0"), Statements.returning()))),
                new InstalledRule(4, Rule.of(IP, "unused", List.of(Statements.accept()))));
        NatTable table = NatListing.of(
                        IP,
                        List.of(
                                base(IP, "OUTPUT", HookPoint.OUTPUT),
                                base(IP, "PREROUTING", HookPoint.PREROUTING),
                                Chain.regular(IP, "DOCKER"),
                                Chain.regular(IP, "unused")),
                        rules)
                .table(Map.of());

        assertThat(table.chains())
                .extracting(chain -> chain.name() + " " + chain.references())
                .containsExactly("PREROUTING 0", "OUTPUT 0", "DOCKER 2");
    }
}
