package dev.bailey.netlink.nftables;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The objects of the files of nft's bytes as one table that the kernel takes. */
final class Committed {
    static final Table OBJECTS_TABLE = Table.of(Family.INET, "bailey");

    static final List<SetOrMap> SETS = List.of(
            NftObjects.IFS,
            NftObjects.NETS,
            NftObjects.NETS6,
            NftObjects.PORTS.withComment("some ports"),
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

    static final Map<String, Chain> CHAINS = NftObjectBytesTest.CHAINS;

    private Committed() {}

    /** The rules of the file but those of sets without a name and of logs. */
    static List<Rule> rules() {
        return NftRuleBytesTest.traced()
                .map(traced -> traced.decode().rule())
                .filter(rule -> rule.expressions().stream().noneMatch(Committed::isOdd))
                .toList();
    }

    /** Sets without a name get another one, and the kernel completes the log statement, which Bailey does not know. */
    private static boolean isOdd(Expression expression) {
        return (expression instanceof Lookup lookup && lookup.set().startsWith("__"))
                || expression.kernelName().equals("log");
    }

    static List<Element> elements(SetOrMap set) {
        return NftObjectBytesTest.ELEMENTS.getOrDefault(set.name(), List.of());
    }

    static Batch batch() {
        Batch batch = new Batch().add(OBJECTS_TABLE);
        CHAINS.values().forEach(batch::add);
        SETS.forEach(set -> batch.add(set).add(set, elements(set)));
        rules().forEach(batch::add);
        return batch;
    }

    static Stream<Rule> rulesOf(String chain) {
        return rules().stream().filter(rule -> rule.chain().equals(chain));
    }
}
