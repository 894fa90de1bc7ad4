package dev.bailey.netlink.nftables;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.netlink.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables, chains, sets and elements against the bytes that nft sends for the same ones. */
class NftObjectBytesTest {
    private static final TableId TABLE = NftObjects.TABLE;

    private static final Map<String, Table> TABLES = Map.of(
            "add table inet bailey",
            Table.of(Family.INET, "bailey"),
            "add table ip t4 { flags dormant ; comment \"hello\" ; }",
            Table.of(Family.IP, "t4", TableFlag.DORMANT).withComment("hello"));

    static final Map<String, Chain> CHAINS = Map.of(
            "forward",
            Chain.base(TABLE, "forward", Hook.of(ChainType.FILTER, HookPoint.FORWARD, 0, Policy.DROP))
                    .withComment("note"),
            "reg",
            Chain.regular(TABLE, "reg"),
            "other",
            Chain.regular(TABLE, "other").withComment("c2"),
            "pre",
            Chain.base(TABLE, "pre", Hook.of(ChainType.NAT, HookPoint.PREROUTING, -100, Policy.ACCEPT)),
            "out",
            Chain.base(TABLE, "out", Hook.of(ChainType.ROUTE, HookPoint.OUTPUT, -150, Policy.ACCEPT)),
            "post",
            Chain.base(TABLE, "post", Hook.of(ChainType.NAT, HookPoint.POSTROUTING, 100, Policy.ACCEPT)));

    private static final List<SetOrMap> SETS = List.of(
            NftObjects.IFS,
            NftObjects.NETS,
            NftObjects.NETS6,
            NftObjects.PORTS,
            NftObjects.PROTOS,
            NftObjects.MARKS,
            NftObjects.MACS,
            NftObjects.PAIRS,
            NftObjects.IPAIRS,
            NftObjects.IFPAIR,
            NftObjects.OUT_JUMPS,
            NftObjects.PUBLISH,
            NftObjects.PUBLISH_ADDR,
            NftObjects.PUBLISH_RNG,
            NftObjects.PUBLISH6,
            NftObjects.RNG,
            NftObjects.EGRESS,
            NftObjects.EGRESS_V,
            NftObjects.SNATMAP);

    private static final Value ENDPOINT_ADDRESS = Value.address("172.17.0.2");
    private static final Prefix NET = Prefix.parse("172.17.0.0/16");

    static final Map<String, List<Element>> ELEMENTS = Map.ofEntries(
            entry("ifs", List.of(Element.of(Value.interfaceName("eth0")), Element.of(Value.interfaceName("bailey0")))),
            entry(
                    "nets",
                    List.of(
                            Element.of(Value.address("10.0.0.5")),
                            Element.of(NET),
                            Element.range(Value.address("192.168.0.1"), Value.address("192.168.0.9")),
                            Element.of(Prefix.parse("255.0.0.0/8")))),
            entry("nets6", List.of(Element.of(Value.address("2001:db8::1")), Element.of(Prefix.parse("fd00::/8")))),
            entry("ports", List.of(Element.of(Value.port(80)), Element.of(Value.port(443)))),
            entry("protos", List.of(Element.of(Value.TCP), Element.of(Value.UDP))),
            entry("marks", List.of(Element.of(Value.mark(1)), Element.of(Value.mark(0xbe000001)))),
            entry("macs", List.of(Element.of(Value.of(new byte[] {2, 0x42, (byte) 0xac, 0x11, 0, 2})))),
            entry(
                    "pairs",
                    List.of(Element.of(Value.address("10.0.0.1"), Value.TCP, Value.port(80))
                            .withComment("elem"))),
            entry(
                    "ipairs",
                    List.of(
                            Element.range(
                                    Value.concat(Value.address("10.0.0.0"), Value.port(80)),
                                    Value.concat(Value.address("10.0.0.255"), Value.port(90))),
                            Element.of(Value.address("10.1.0.1"), Value.port(443)))),
            entry("ifpair", List.of(Element.of(Value.interfaceName("eth0"), Value.interfaceName("bailey0")))),
            entry(
                    "out_jumps",
                    List.of(
                            Element.of(Value.interfaceName("bailey0")).to(Verdict.jump("reg")),
                            Element.of(Value.interfaceName("br1")).to(Verdict.DROP),
                            Element.of(Value.interfaceName("br2")).to(Verdict.goTo("other")),
                            Element.of(Value.interfaceName("br3")).to(Verdict.RETURN),
                            Element.of(Value.interfaceName("br4")).to(Verdict.ACCEPT),
                            Element.of(Value.interfaceName("br5")).to(Verdict.CONTINUE))),
            entry("publish", List.of(Element.of(Value.TCP, Value.port(8080)).to(ENDPOINT_ADDRESS, Value.port(80)))),
            entry(
                    "publish_addr",
                    List.of(Element.of(Value.address("198.51.100.2"), Value.UDP, Value.port(53))
                            .to(ENDPOINT_ADDRESS, Value.port(5353)))),
            entry("publish_rng", List.of(portRange().to(ENDPOINT_ADDRESS, Value.port(80)))),
            entry(
                    "publish6",
                    List.of(Element.of(Value.TCP, Value.port(8080)).to(Value.address("fd00::2"), Value.port(80)))),
            entry("rng", List.of(portRange().to(ENDPOINT_ADDRESS))),
            entry("egress", List.of(Element.of(NET).to(Value.mark(7)))),
            entry(
                    "egress_v",
                    List.of(
                            Element.of(Prefix.parse("10.0.0.0/8")).to(Verdict.ACCEPT),
                            Element.of(NET).to(Verdict.jump("reg")))),
            entry("snatmap", List.of(Element.of(NET).to(Value.address("198.51.100.2")))));

    private static Element portRange() {
        return Element.range(Value.concat(Value.TCP, Value.port(8000)), Value.concat(Value.TCP, Value.port(8010)));
    }

    record Traced(String command, String message, String flags, String hex) {
        String name() {
            return command.split(" ", -1)[4];
        }

        Attributes attributes() {
            return NftTrace.parse(hex);
        }

        @Override
        public String toString() {
            return command;
        }
    }

    private static Stream<Traced> traced(String message) {
        return NftTrace.read("nft-objects.tsv").stream()
                .map(line -> new Traced(line[0], line[1], line[2], line[3]))
                .filter(traced -> traced.message().equals(message));
    }

    static Stream<Traced> tables() {
        return traced("NEWTABLE");
    }

    static Stream<Traced> chains() {
        return traced("NEWCHAIN");
    }

    static Stream<Traced> sets() {
        return traced("NEWSET");
    }

    static Stream<Traced> elements() {
        return traced("NEWSETELEM");
    }

    private static SetOrMap set(String name) {
        return SETS.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void encode_table_givesNftsBytes(Traced traced) {
        Table table = Optional.ofNullable(TABLES.get(traced.command())).orElseThrow();
        assertThat(NftTrace.hex(w -> TableCodec.encode(w, table))).isEqualTo(traced.hex());
        Family family = table.id().family();
        assertThat(TableCodec.decode(family, traced.attributes()).table()).isEqualTo(table);
    }

    @ParameterizedTest
    @MethodSource("chains")
    void encode_chain_givesNftsBytes(Traced traced) {
        Chain chain = Optional.ofNullable(CHAINS.get(traced.name())).orElseThrow();
        assertThat(NftTrace.hex(w -> ChainCodec.encode(w, chain))).isEqualTo(traced.hex());
        assertThat(ChainCodec.decode(Family.INET, traced.attributes())).isEqualTo(chain);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void encode_set_givesNftsBytes(Traced traced) {
        SetOrMap set = set(traced.name());
        int id = Wire.be32(traced.attributes(), NfTables.NFTA_SET_ID);
        assertThat(NftTrace.hex(w -> SetCodec.encode(w, set, id))).isEqualTo(traced.hex());
        assertThat(SetCodec.decode(Family.INET, traced.attributes())).isEqualTo(set);
    }

    @ParameterizedTest
    @MethodSource("elements")
    void encode_elements_giveNftsBytes(Traced traced) {
        SetOrMap set = set(traced.name());
        List<Element> elements =
                Optional.ofNullable(ELEMENTS.get(traced.name())).orElseThrow();
        String hex = NftTrace.hex(w -> {
            ElementCodec.reference(w, set);
            w.nest(
                    NfTables.NFTA_SET_ELEM_LIST_ELEMENTS,
                    list -> elements.forEach(e -> ElementCodec.encode(list, set, e, false)));
        });
        assertThat(hex).isEqualTo(traced.hex());
        assertThat(ElementCodec.join(set, ElementCodec.decode(traced.attributes())))
                .isEqualTo(elements);
        elements.forEach(element -> SetCheck.element(set, element));
    }
}
