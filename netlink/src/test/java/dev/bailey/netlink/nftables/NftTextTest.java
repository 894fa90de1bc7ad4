package dev.bailey.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NftTextTest {
    private static final TableId TABLE = NftObjects.TABLE;

    @Test
    void of_wholeTable_isLaidOutAsNftDoes() {
        Chain forward = Chain.base(TABLE, "forward", Hook.of(ChainType.FILTER, HookPoint.FORWARD, 0, Policy.DROP));
        Chain from = Chain.regular(TABLE, "from_net").withComment("a network");
        TableContent content = new TableContent(
                new InstalledTable(
                        Table.of(Family.INET, "bailey", TableFlag.OWNER, TableFlag.PERSIST), OptionalInt.of(7)),
                List.of(
                        new SetContent(
                                NftObjects.NETS.withComment("ours"),
                                List.of(
                                        Element.of(Prefix.parse("10.0.0.0/8")),
                                        Element.range(Value.address("11.0.0.1"), Value.address("11.0.0.9"))
                                                .withComment("some"))),
                        new SetContent(NftObjects.PUBLISH, List.of())),
                List.of(forward, from),
                List.of(
                        new InstalledRule(1, Rule.of(from, Statements.counter(), Statements.accept())),
                        new InstalledRule(
                                2,
                                Rule.of(
                                                forward,
                                                Matches.in(NftObjects.NETS, Selector.IP_SADDR),
                                                Statements.jump("from_net"))
                                        .withComment("why"))));

        assertThat(NftText.of(content)).isEqualTo("""
                table inet bailey {
                	flags owner,persist
                	set nets {
                		type ipv4_addr
                		flags interval
                		comment "ours"
                		elements = { 10.0.0.0/8,
                			     11.0.0.1-11.0.0.9 comment "some" }
                	}

                	map publish {
                		type inet_proto . inet_service : ipv4_addr . inet_service
                	}

                	chain forward {
                		type filter hook forward priority filter; policy drop;
                		ip saddr @nets jump from_net comment "why"
                	}

                	chain from_net {
                		comment "a network"
                		counter packets 0 bytes 0 accept
                	}
                }
                """);
    }

    @Test
    void of_element_writesRangesOfEachField() {
        Element element = Element.range(
                Value.concat(Value.address("10.0.0.0"), Value.port(80)),
                Value.concat(Value.address("10.0.0.255"), Value.port(90)));
        assertThat(NftText.of(NftObjects.IPAIRS, element)).isEqualTo("10.0.0.0/24 . 80-90");
        Element mapped = Element.of(Value.TCP, Value.port(8080))
                .to(Value.address("fd00::2"), Value.port(80))
                .withComment("web");
        assertThat(NftText.of(NftObjects.PUBLISH6, mapped)).isEqualTo("tcp . 8080 comment \"web\" : fd00::2 . 80");
    }

    @Test
    void address_ipv6_isShortestForm() {
        assertThat(ValueText.address(Value.address("0:0:0:0:0:0:0:0"))).isEqualTo("::");
        assertThat(ValueText.address(Value.address("::1"))).isEqualTo("::1");
        assertThat(ValueText.address(Value.address("fd00::"))).isEqualTo("fd00::");
        assertThat(ValueText.address(Value.address("1:0:0:2:0:0:0:3"))).isEqualTo("1:0:0:2::3");
        assertThat(ValueText.address(Value.address("1:0:2:3:4:5:6:7"))).isEqualTo("1:0:2:3:4:5:6:7");
    }

    @Test
    void of_marksChangedByBits_areWrittenAsNftReadsThem() {
        assertThat(text(Statements.setMark(0x10, 0xf0))).isEqualTo("meta mark set meta mark & 0xffffff1f | 0x00000010");
        assertThat(text(Statements.setMark(0, 0xf0))).isEqualTo("meta mark set meta mark & 0xffffff0f");
    }

    @Test
    void of_textsOfOthers_haveNoControlCharacters() {
        Rule rule = Rule.of(TABLE, "c", List.of(Statements.jump("a\u001b[2J"))).withComment("b\nc");
        assertThat(NftText.of(rule)).isEqualTo("jump a?[2J comment \"b?c\"");
    }

    @Test
    void of_fieldThatNobodyNamed_isWrittenRaw() {
        Clause raw = Clause.of(
                new Payload(Payload.Base.TRANSPORT, 4, 2, Register.FIRST),
                new Compare(Register.FIRST, CompareOperator.EQUAL, Value.be16(9)));
        assertThat(text(raw)).isEqualTo("@th,32,16 0x0009");
    }

    private static String text(Clause... clauses) {
        return NftText.of(Rule.of(TABLE, "c", List.of(clauses)));
    }
}
