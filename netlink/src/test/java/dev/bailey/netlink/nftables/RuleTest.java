package dev.bailey.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.Attributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static final Clause FROM_TEN = Matches.saddr(Prefix.parse("10.0.0.0/8"));

    private static List<Expression> expressions(Family family, Clause... clauses) {
        return Rule.of(new TableId(family, "t"), "c", List.of(clauses)).expressions();
    }

    @Test
    void of_addressInInet_testsTheFamilyOnce() {
        List<Expression> rule =
                expressions(Family.INET, FROM_TEN, Matches.daddr(Prefix.parse("11.0.0.0/8")), Statements.accept());
        assertThat(rule).filteredOn(MetaLoad.class::isInstance).hasSize(1);
        assertThat(rule).hasSize(7);
    }

    @Test
    void of_familyTestedByHand_testsItNoMore() {
        assertThat(expressions(Family.INET, Matches.ipv4(), FROM_TEN)).hasSize(4);
        assertThat(expressions(Family.INET, Matches.l4proto(Value.TCP), Statements.rejectWithTcpReset()))
                .hasSize(3);
    }

    @Test
    void of_addressInItsOwnFamily_needsNoTest() {
        assertThat(expressions(Family.IP, FROM_TEN)).hasSize(2);
    }

    @Test
    void of_addressInBridge_testsTheEtherType() {
        assertThat(expressions(Family.BRIDGE, FROM_TEN))
                .startsWith(
                        new MetaLoad(MetaKey.PROTOCOL, Register.FIRST),
                        new Compare(Register.FIRST, CompareOperator.EQUAL, Value.be16(0x0800)));
    }

    @Test
    void of_addressOfTheOtherFamily_isRefused() {
        assertThatThrownBy(() -> expressions(Family.IP6, FROM_TEN)).hasMessage("no ip packets come by in family ip6");
    }

    @Test
    void lookup_keyOfAnotherType_isRefused() {
        assertThatThrownBy(() -> Matches.in(NftObjects.NETS, Selector.TH_DPORT))
                .hasMessage("set nets has keys of ipv4_addr, looked up is inet_service");
        assertThatThrownBy(() -> Statements.vmap(NftObjects.PUBLISH, Selector.L4PROTO, Selector.TH_DPORT))
                .hasMessage("map publish has no verdicts");
        assertThatThrownBy(() -> Statements.dnat(NftObjects.OUT_JUMPS, Selector.IIFNAME))
                .hasMessage("map out_jumps has no addresses");
        assertThatThrownBy(() -> Statements.setMark(NftObjects.SNATMAP, Selector.IP_SADDR))
                .hasMessageStartingWith("map snatmap has ");
    }

    @Test
    void mark_bitsOutsideOfTheMask_areRefused() {
        assertThatThrownBy(() -> Matches.mark(0x11, 0x10)).hasMessage("mark 17 has bits outside of mask 16");
        assertThatThrownBy(() -> Statements.setMark(0x11, 0x10)).hasMessage("mark 17 has bits outside of mask 16");
    }

    @Test
    void withZeroCounters_countedRule_equalsTheOneSent() {
        Rule sent = Rule.of(new TableId(Family.IP, "t"), "c", List.of(Statements.counter(), Statements.drop()));
        Rule counted =
                new Rule(sent.table(), "c", List.of(new Counter(3, 400), Immediate.of(Verdict.DROP)), sent.comment());
        assertThat(counted).isNotEqualTo(sent);
        assertThat(counted.withZeroCounters()).isEqualTo(sent);
    }

    @Test
    void chain_hookOfAnotherFamily_isRefused() {
        Hook ingress = Hook.of(ChainType.FILTER, HookPoint.EGRESS, 0, Policy.ACCEPT);
        assertThatThrownBy(() -> Chain.base(NftObjects.TABLE, "x", ingress))
                .hasMessage("chain x: family inet has no hook egress");
    }

    @Test
    void comment_tooLong_isRefused() {
        assertThatThrownBy(() -> Chain.regular(NftObjects.TABLE, "x").withComment("y".repeat(254)))
                .hasMessageContaining("must be 0 to 253 bytes without NUL");
    }

    @Test
    void decode_knownExpressionWithOddContent_isKeptAsItIs() {
        UnknownExpression odd = new UnknownExpression("payload", Value.of(oddPayload()));
        AttributeWriter writer = new AttributeWriter();
        Expressions.encode(writer, 1, List.of(odd));
        assertThat(Expressions.decode(Attributes.parse(writer.toByteArray()), 1))
                .containsExactly(odd);
    }

    /** A payload expression that loads more bytes than there are registers. */
    private static byte[] oddPayload() {
        return new AttributeWriter()
                .be32(NfExpressions.NFTA_PAYLOAD_DREG, 1)
                .be32(NfExpressions.NFTA_PAYLOAD_BASE, 1)
                .be32(NfExpressions.NFTA_PAYLOAD_OFFSET, 0)
                .be32(NfExpressions.NFTA_PAYLOAD_LEN, 1000)
                .toByteArray();
    }
}
