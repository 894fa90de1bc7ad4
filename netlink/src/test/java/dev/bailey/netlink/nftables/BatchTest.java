package dev.bailey.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.netlink.NetlinkMessage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final TableId TABLE = NftObjects.TABLE;

    @Test
    void toString_everyVerb_isNftsCommands() {
        Chain chain = Chain.base(TABLE, "c", Hook.of(ChainType.NAT, HookPoint.PREROUTING, -101, Policy.ACCEPT));
        Rule rule = Rule.of(chain, Matches.iifname("eth0"), Statements.drop());
        Element port = Element.of(Value.port(80));
        Batch batch = new Batch()
                .add(Table.of(Family.INET, "bailey", TableFlag.PERSIST, TableFlag.OWNER))
                .create(chain)
                .add(NftObjects.EGRESS)
                .insert(rule)
                .replace(7, rule)
                .deleteRule(TABLE, "c", 7)
                .add(NftObjects.PORTS, port, Element.of(Value.port(443)))
                .replace(
                        NftObjects.EGRESS,
                        Element.of(Prefix.parse("10.0.0.0/8")).to(Value.mark(1)))
                .destroy(NftObjects.PORTS, List.of(port))
                .flush(NftObjects.PORTS)
                .delete(NftObjects.PORTS)
                .flushChain(TABLE, "c")
                .destroyChain(TABLE, "c")
                .flush(TABLE)
                .delete(TABLE);

        assertThat(batch).hasToString("""
                add table inet bailey { flags owner,persist; }
                create chain inet bailey c { type nat hook prerouting priority dstnat - 1; policy accept; }
                add map inet bailey egress { type ipv4_addr : mark; flags interval; }
                insert rule inet bailey c iifname "eth0" drop
                replace rule inet bailey c iifname "eth0" drop
                delete rule inet bailey c handle 7
                add element inet bailey ports { 80, 443 }
                delete element inet bailey egress { 10.0.0.0/8 : 0x00000001 }
                add element inet bailey egress { 10.0.0.0/8 : 0x00000001 }
                destroy element inet bailey ports { 80 }
                flush set inet bailey ports
                delete set inet bailey ports
                flush chain inet bailey c
                destroy chain inet bailey c
                flush table inet bailey
                delete table inet bailey""");
    }

    @Test
    void messages_elementsBeyondAnAttribute_areSplit() {
        List<Element> elements = new ArrayList<>();
        for (int i = 1; i <= 5000; i++) {
            elements.add(Element.of(Value.port(i)));
        }
        List<BatchMessage> messages =
                new Batch().add(NftObjects.PORTS, elements).messages();
        assertThat(messages).hasSizeGreaterThan(1);
        assertThat(messages)
                .allSatisfy(m -> assertThat(m.message().payload().length).isLessThan(0xffff));
        int sent = messages.stream()
                .mapToInt(m -> ElementCodec.decode(m.message().attributes(NfMessage.HEADER_BYTES))
                        .size())
                .sum();
        assertThat(sent).isEqualTo(elements.size());
    }

    @Test
    void blamed_offsetOfAnEntry_isItsElement() {
        BatchMessage message = new Batch()
                .add(NftObjects.NETS, Element.of(Prefix.parse("10.0.0.0/8")), Element.of(Prefix.parse("11.0.0.0/8")))
                .messages()
                .getFirst();
        // Header 16, nfgenmsg 4, table 12, set 12, list 4; a beginning of 20 bytes, an end of 28.
        assertThat(message.blamed(48)).isEqualTo("inet bailey nets { 10.0.0.0/8 }");
        assertThat(message.blamed(48 + 16)).isEqualTo("inet bailey nets { 10.0.0.0/8 }");
        assertThat(message.blamed(48 + 40)).isEqualTo("inet bailey nets { 11.0.0.0/8 }");
        assertThat(message.blamed(-1)).isEqualTo("inet bailey nets");
    }

    @Test
    void frame_ofATransaction_hasNftsBytes() {
        NetlinkMessage begin = NfMessage.begin(Optional.of(0x01020304));
        assertThat(begin.type()).isEqualTo(16);
        assertThat(HexFormat.of().formatHex(begin.payload())).isEqualTo("0000000a" + "0800010001020304");
        NetlinkMessage end = NfMessage.end();
        assertThat(end.type()).isEqualTo(17);
        assertThat(HexFormat.of().formatHex(end.payload())).isEqualTo("0000000a");
    }

    @Test
    void add_rangesOfHostOrderKeys_areRefused() {
        SetDefinition marks = SetDefinition.intervals(TABLE, "marks", FieldType.MARK);
        assertThatThrownBy(() -> new Batch().add(marks))
                .hasMessage("set inet bailey marks: ranges need keys in network order, mark is not");
    }

    @Test
    void add_elementThatDoesNotFit_isRefusedWithTheReason() {
        Element port = Element.of(Value.port(80));
        assertThatThrownBy(() -> new Batch().add(NftObjects.NETS, port))
                .hasMessage("set inet bailey nets: key 0x0050 has 2 bytes, ipv4_addr has 4");
        assertThatThrownBy(() -> new Batch().add(NftObjects.PORTS, port.to(Verdict.DROP)))
                .hasMessage("set inet bailey ports: an element of a set has no data, 0x0050 does");
        assertThatThrownBy(() -> new Batch().add(NftObjects.OUT_JUMPS, Element.of(Value.interfaceName("x"))))
                .hasMessageStartingWith("map inet bailey out_jumps: an element of a map needs data");
        assertThatThrownBy(() -> new Batch()
                        .add(
                                NftObjects.EGRESS,
                                Element.of(Value.address("10.0.0.1")).to(Verdict.DROP)))
                .hasMessageStartingWith("map inet bailey egress: data Drop[] does not fit");
        assertThatThrownBy(() -> new Batch().add(NftObjects.PORTS, Element.range(Value.port(1), Value.port(2))))
                .hasMessage("set inet bailey ports: takes no ranges such as 0x0001 to 0x0002");
        assertThatThrownBy(() -> Element.range(Value.port(2), Value.port(1)))
                .hasMessage("range 0x0002 to 0x0001: must end behind its beginning");
    }

    @Test
    void add_oneFieldOfARangeUpsideDown_isRefused() {
        Element element = Element.range(
                Value.concat(Value.address("10.0.0.1"), Value.port(90)),
                Value.concat(Value.address("10.0.0.2"), Value.port(80)));
        assertThatThrownBy(() -> new Batch().add(NftObjects.IPAIRS, element))
                .hasMessage("set inet bailey ipairs: range of field 2 is upside down");
    }
}
