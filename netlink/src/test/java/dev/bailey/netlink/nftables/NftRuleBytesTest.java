package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.nftables.CompareOperator.EQUAL;
import static dev.bailey.netlink.nftables.CompareOperator.NOT_EQUAL;
import static dev.bailey.netlink.nftables.Matches.compare;
import static dev.bailey.netlink.nftables.Matches.ctState;
import static dev.bailey.netlink.nftables.Matches.in;
import static dev.bailey.netlink.nftables.Matches.l4proto;
import static dev.bailey.netlink.nftables.Statements.accept;
import static dev.bailey.netlink.nftables.Statements.counter;
import static dev.bailey.netlink.nftables.Statements.dnat;
import static dev.bailey.netlink.nftables.Statements.drop;
import static dev.bailey.netlink.nftables.Statements.jump;
import static dev.bailey.netlink.nftables.Statements.masquerade;
import static dev.bailey.netlink.nftables.Statements.setCtMark;
import static dev.bailey.netlink.nftables.Statements.setMark;
import static dev.bailey.netlink.nftables.Statements.snat;
import static dev.bailey.netlink.nftables.Statements.vmap;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules against the bytes that nft sends for the same ones. */
class NftRuleBytesTest {
    private static final TableId TABLE = NftObjects.TABLE;

    /** Lines whose text depends on the names of interfaces or on sets without a name. */
    private static final Set<String> TEXT_DIFFERS = Set.of(
            "iif 1 accept",
            "iif \"lo\" oif != \"lo\" accept",
            "fib saddr oif eq 1 drop",
            "meta l4proto { tcp, udp } accept",
            "ct state vmap { established : accept, invalid : drop }",
            "meta l4proto { tcp, udp } dnat ip to meta l4proto . th dport map @publish_rng",
            "ct state new log prefix \"x \"",
            "tcp flags syn accept",
            "icmp type echo-request accept",
            "notrack");

    private static final Map<String, List<Clause>> CLAUSES = Map.ofEntries(
            entry(
                    "iifname \"eth0\" counter accept comment \"hi\"",
                    List.of(Matches.iifname("eth0"), counter(), accept())),
            entry(
                    "iifname \"eth*\" drop",
                    List.of(
                            Clause.of(
                                    new MetaLoad(MetaKey.IIFNAME, Register.FIRST),
                                    new Compare(Register.FIRST, EQUAL, Value.interfacePrefix("eth"))),
                            drop())),
            entry("oifname != \"bailey0\" jump reg", List.of(Matches.oifnameNot("bailey0"), jump("reg"))),
            entry("oifname \"eth0\" goto other", List.of(Matches.oifname("eth0"), Statements.goTo("other"))),
            entry("iifname @ifs return", List.of(in(NftObjects.IFS, Selector.IIFNAME), Statements.returning())),
            entry(
                    "iifname . oifname @ifpair accept",
                    List.of(in(NftObjects.IFPAIR, Selector.IIFNAME, Selector.OIFNAME), accept())),
            entry(
                    "iifname != @ifs continue",
                    List.of(Matches.notIn(NftObjects.IFS, Selector.IIFNAME), Statements.verdict(Verdict.CONTINUE))),
            entry("ip saddr 10.0.0.1 accept", List.of(Matches.saddr(Prefix.parse("10.0.0.1")), accept())),
            entry("ip saddr 10.0.0.0/8 accept", List.of(Matches.saddr(Prefix.parse("10.0.0.0/8")), accept())),
            entry("ip saddr 10.16.0.0/12 accept", List.of(Matches.saddr(Prefix.parse("10.16.0.0/12")), accept())),
            entry("ip daddr != 172.17.0.0/16 drop", List.of(Matches.daddrNot(Prefix.parse("172.17.0.0/16")), drop())),
            entry("ip daddr != 172.17.0.1 drop", List.of(Matches.daddrNot(Prefix.parse("172.17.0.1")), drop())),
            entry(
                    "ip saddr @nets ip daddr @nets accept",
                    List.of(in(NftObjects.NETS, Selector.IP_SADDR), in(NftObjects.NETS, Selector.IP_DADDR), accept())),
            entry("ip saddr != @nets accept", List.of(Matches.notIn(NftObjects.NETS, Selector.IP_SADDR), accept())),
            entry("ip6 saddr fd00::/8 accept", List.of(Matches.saddr(Prefix.parse("fd00::/8")), accept())),
            entry("ip6 saddr fd00::/12 accept", List.of(Matches.saddr(Prefix.parse("fd00::/12")), accept())),
            entry("ip6 daddr @nets6 accept", List.of(in(NftObjects.NETS6, Selector.IP6_DADDR), accept())),
            entry("meta l4proto tcp accept", List.of(l4proto(Value.TCP), accept())),
            entry("meta nfproto ipv4 accept", List.of(Matches.ipv4(), accept())),
            entry("meta nfproto != ipv6 accept", List.of(compare(Selector.NFPROTO, NOT_EQUAL, Value.u8(10)), accept())),
            entry("tcp dport 80 accept", List.of(compare(Selector.TCP_DPORT, EQUAL, Value.port(80)), accept())),
            entry("udp sport 53 accept", List.of(compare(Selector.UDP_SPORT, EQUAL, Value.port(53)), accept())),
            entry("th dport 443 accept", List.of(Matches.dport(443), accept())),
            entry(
                    "tcp dport 8000-8010 accept",
                    List.of(Matches.range(Selector.TCP_DPORT, Value.port(8000), Value.port(8010)), accept())),
            entry("tcp dport @ports accept", List.of(in(NftObjects.PORTS, Selector.TCP_DPORT), accept())),
            entry(
                    "ct state established,related accept",
                    List.of(ctState(CtState.ESTABLISHED, CtState.RELATED), accept())),
            entry("ct state new accept", List.of(ctState(CtState.NEW), accept())),
            entry("ct state invalid drop", List.of(ctState(CtState.INVALID), drop())),
            entry("ct status dnat accept", List.of(Matches.ctStatus(CtStatus.DNAT), accept())),
            entry("ct direction original accept", List.of(Matches.ctDirection(CtDirection.ORIGINAL), accept())),
            entry("ct mark 0x7 accept", List.of(Matches.ctMark(7), accept())),
            entry("ct mark & 0xff00 == 0x700 accept", List.of(Matches.ctMark(0x700, 0xff00), accept())),
            entry("meta mark 0x7 accept", List.of(Matches.mark(7), accept())),
            entry("meta mark & 0xff00 == 0x700 accept", List.of(Matches.mark(0x700, 0xff00), accept())),
            entry("meta mark & 0xff00 != 0x700 accept", List.of(Matches.markNot(0x700, 0xff00), accept())),
            entry("meta mark set 0x7", List.of(setMark(7))),
            entry("meta mark set meta mark & 0xffff00ff | 0x700", List.of(setMark(0x700, 0xff00))),
            entry("meta mark set meta mark | 0x700", List.of(setMark(0x700, 0x700))),
            entry("ct mark set 0x7", List.of(setCtMark(7))),
            entry("ct mark set ct mark | 0x700", List.of(setCtMark(0x700, 0x700))),
            entry("ct mark set meta mark", List.of(Statements.setCtMarkFromPacket())),
            entry("meta mark set ct mark", List.of(Statements.setMarkFromConnection())),
            entry("meta mark set ip saddr map @egress", List.of(setMark(NftObjects.EGRESS, Selector.IP_SADDR))),
            entry("ct mark set ip saddr map @egress", List.of(setCtMark(NftObjects.EGRESS, Selector.IP_SADDR))),
            entry("iifname vmap @out_jumps", List.of(vmap(NftObjects.OUT_JUMPS, Selector.IIFNAME))),
            entry("ip saddr vmap @egress_v", List.of(vmap(NftObjects.EGRESS_V, Selector.IP_SADDR))),
            entry(
                    "ip saddr . meta l4proto . th dport @pairs accept",
                    List.of(in(NftObjects.PAIRS, Selector.IP_SADDR, Selector.L4PROTO, Selector.TH_DPORT), accept())),
            entry(
                    "ip saddr . th dport @ipairs accept",
                    List.of(in(NftObjects.IPAIRS, Selector.IP_SADDR, Selector.TH_DPORT), accept())),
            entry("fib daddr type local jump reg", List.of(Matches.fibDaddrLocal(), jump("reg"))),
            entry("fib daddr type != local drop", List.of(Matches.fibDaddrNotLocal(), drop())),
            entry(
                    "dnat ip to meta l4proto . th dport map @publish",
                    List.of(dnat(NftObjects.PUBLISH, Selector.L4PROTO, Selector.TH_DPORT))),
            entry(
                    "dnat ip to ip daddr . meta l4proto . th dport map @publish_addr",
                    List.of(dnat(NftObjects.PUBLISH_ADDR, Selector.IP_DADDR, Selector.L4PROTO, Selector.TH_DPORT))),
            entry(
                    "dnat ip6 to meta l4proto . th dport map @publish6",
                    List.of(dnat(NftObjects.PUBLISH6, Selector.L4PROTO, Selector.TH_DPORT))),
            entry("dnat ip to 10.0.0.1", List.of(dnat(Value.address("10.0.0.1")))),
            entry(
                    "meta l4proto tcp dnat ip to 10.0.0.1:80",
                    List.of(l4proto(Value.TCP), dnat(Value.address("10.0.0.1"), 80))),
            entry("snat ip to 198.51.100.2", List.of(snat(Value.address("198.51.100.2")))),
            entry("snat ip to ip saddr map @snatmap", List.of(snat(NftObjects.SNATMAP, Selector.IP_SADDR))),
            entry("snat ip6 to 2001:db8::1", List.of(snat(Value.address("2001:db8::1")))),
            entry("masquerade", List.of(masquerade())),
            entry("masquerade random", List.of(masquerade(NatFlag.RANDOM))),
            entry("masquerade fully-random", List.of(masquerade(NatFlag.FULLY_RANDOM))),
            entry("limit rate 10/second accept", List.of(Statements.limitPerSecond(10), accept())),
            entry("reject", List.of(Statements.reject())),
            entry("meta l4proto tcp reject with tcp reset", List.of(Statements.rejectWithTcpReset())),
            entry(
                    "ct original ip daddr 198.51.100.2 accept",
                    List.of(compare(Selector.CT_ORIGINAL_IP_DADDR, EQUAL, Value.address("198.51.100.2")), accept())));

    static Stream<Traced> traced() {
        return NftTrace.read("nft-rules.tsv").stream().map(line -> new Traced(line[0], line[1], line[2], line[3]));
    }

    record Traced(String chain, String typed, String listed, String hex) {
        InstalledRule decode() {
            return RuleCodec.decode(Family.INET, NftTrace.parse(hex));
        }

        @Override
        public String toString() {
            return typed;
        }
    }

    private static String encode(Rule rule) {
        return NftTrace.hex(writer -> {
            RuleCodec.reference(writer, rule.table(), rule.chain());
            RuleCodec.encode(writer, rule);
        });
    }

    @ParameterizedTest
    @MethodSource("traced")
    void encode_ruleDecodedFromNft_givesNftsBytes(Traced traced) {
        assertThat(encode(traced.decode().rule())).isEqualTo(traced.hex());
    }

    static Stream<Traced> written() {
        return traced().filter(traced -> CLAUSES.containsKey(traced.typed()));
    }

    @ParameterizedTest
    @MethodSource("written")
    void encode_clauses_giveNftsBytes(Traced traced) {
        Rule rule = Rule.of(TABLE, traced.chain(), CLAUSES.getOrDefault(traced.typed(), List.of()));
        Rule commented = traced.typed().endsWith("comment \"hi\"") ? rule.withComment("hi") : rule;
        assertThat(encode(commented)).isEqualTo(traced.hex());
        assertThat(traced.decode().rule()).isEqualTo(commented);
    }

    @Test
    void clauses_everyOne_isInTheTrace() {
        assertThat(traced().map(Traced::typed).collect(Collectors.toSet())).containsAll(CLAUSES.keySet());
    }

    @ParameterizedTest
    @MethodSource("traced")
    void text_ruleDecodedFromNft_isNftsListing(Traced traced) {
        if (!TEXT_DIFFERS.contains(traced.typed())) {
            assertThat(NftText.of(traced.decode().rule())).isEqualTo(traced.listed());
        }
    }

    @Test
    void decode_expressionOfOthers_isKeptAsItIs() {
        Rule rule = traced().filter(t -> t.typed().equals("notrack"))
                .findFirst()
                .orElseThrow()
                .decode()
                .rule();
        assertThat(rule.expressions()).containsExactly(new UnknownExpression("notrack", Value.of()));
        assertThat(NftText.of(rule)).isEqualTo("<notrack>");
    }
}
