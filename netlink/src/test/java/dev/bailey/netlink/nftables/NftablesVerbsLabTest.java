package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.Namespaced.inNamespace;
import static dev.bailey.netlink.Namespaced.mustRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.linux.Errno;
import dev.bailey.netlink.NetlinkException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kernel makes of adding, creating, replacing, inserting, deleting and destroying. */
@Tag("lab")
class NftablesVerbsLabTest {
    private static final TableId TABLE = NftObjects.TABLE;

    @Test
    void rules_insertedReplacedAndDeleted_areInThatOrder() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                nft.commit(new Batch()
                        .add(Committed.OBJECTS_TABLE)
                        .add(Chain.regular(TABLE, "reg"))
                        .add(numbered(2))
                        .insert(numbered(1))
                        .add(numbered(4)));
                long second = nft.rules(TABLE).get(1).handle();
                nft.commit(new Batch().addAfter(second, numbered(3)).insertBefore(second, numbered(9)));
                assertThat(comments(nft)).containsExactly("1", "9", "2", "3", "4");

                List<InstalledRule> rules = nft.rules(TABLE);
                nft.commit(new Batch()
                        .replace(rules.get(1).handle(), numbered(8))
                        .deleteRule(TABLE, "reg", rules.getLast().handle()));
                assertThat(comments(nft)).containsExactly("1", "8", "2", "3");

                nft.commit(new Batch().flushChain(TABLE, "reg"));
                assertThat(nft.rules(TABLE)).isEmpty();
            }
        });
    }

    private static Rule numbered(int number) {
        return Rule.of(TABLE, "reg", List.of(Matches.dport(number), Statements.accept()))
                .withComment(Integer.toString(number));
    }

    private static List<String> comments(NftablesConnection nft) throws IOException {
        return nft.rules(TABLE).stream()
                .flatMap(installed -> installed.rule().comment().stream())
                .toList();
    }

    @Test
    void elements_changed_followTheVerbs() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                MapDefinition map = NftObjects.PUBLISH;
                Element element = Element.of(Value.TCP, Value.port(80)).to(Value.address("10.0.0.2"), Value.port(1));
                Element other = Element.of(Value.TCP, Value.port(80)).to(Value.address("10.0.0.2"), Value.port(2));
                nft.commit(new Batch().add(Committed.OBJECTS_TABLE).add(map).add(map, element));

                nft.commit(new Batch().add(map, element));
                assertThat(errnoOf(() -> nft.commit(new Batch().add(map, other))))
                        .isEqualTo(Errno.EEXIST);
                assertThat(errnoOf(() -> nft.commit(new Batch().create(map, List.of(element)))))
                        .isEqualTo(Errno.EEXIST);
                nft.commit(new Batch().replace(map, other));
                assertThat(nft.elements(map)).containsExactly(other);
                nft.commit(new Batch().delete(map, element));
                assertThat(errnoOf(() -> nft.commit(new Batch().delete(map, element))))
                        .isEqualTo(Errno.ENOENT);
                nft.commit(new Batch().destroy(map, List.of(element)));
                nft.commit(new Batch().add(map, element).flush(map));
                assertThat(nft.elements(map)).isEmpty();
            }
        });
    }

    @Test
    void objects_deletedAndDestroyed_followTheVerbs() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                Chain chain = Chain.regular(TABLE, "reg");
                nft.commit(new Batch()
                        .create(Committed.OBJECTS_TABLE)
                        .create(chain)
                        .create(NftObjects.IFS));
                assertThat(errnoOf(() -> nft.commit(new Batch().create(chain)))).isEqualTo(Errno.EEXIST);
                assertThat(errnoOf(() -> nft.commit(new Batch().create(NftObjects.IFS))))
                        .isEqualTo(Errno.EEXIST);
                assertThat(errnoOf(() -> nft.commit(new Batch().create(Committed.OBJECTS_TABLE))))
                        .isEqualTo(Errno.EEXIST);

                nft.commit(new Batch().deleteChain(TABLE, "reg").delete(NftObjects.IFS));
                assertThat(errnoOf(() -> nft.commit(new Batch().deleteChain(TABLE, "reg"))))
                        .isEqualTo(Errno.ENOENT);
                nft.commit(new Batch().destroyChain(TABLE, "reg").destroy(NftObjects.IFS));

                nft.commit(new Batch().delete(TABLE));
                assertThat(errnoOf(() -> nft.commit(new Batch().delete(TABLE)))).isEqualTo(Errno.ENOENT);
                nft.commit(new Batch().destroy(TABLE));
                assertThat(nft.read(TABLE)).isEmpty();
            }
        });
    }

    private interface Commit {
        void run() throws IOException;
    }

    private static Errno errnoOf(Commit commit) throws IOException {
        try {
            commit.run();
        } catch (NetlinkException refusal) {
            return refusal.errno();
        }
        throw new AssertionError("the kernel took it");
    }

    @Test
    void intervals_deletedOneByOne_leaveTheOthers() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                for (SetOrMap set : List.of(NftObjects.NETS, NftObjects.IPAIRS, NftObjects.EGRESS_V)) {
                    List<Element> elements = new ArrayList<>(Committed.elements(set));
                    nft.commit(new Batch()
                            .add(Committed.OBJECTS_TABLE)
                            .add(Chain.regular(TABLE, "reg"))
                            .add(set)
                            .add(set, elements));
                    while (!elements.isEmpty()) {
                        nft.commit(new Batch().delete(set, elements.removeFirst()));
                        assertThat(nft.elements(set)).containsExactlyInAnyOrderElementsOf(elements);
                    }
                }
            }
        });
    }

    @Test
    void intervals_sideBySide_stayTwo() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                SetDefinition nets = NftObjects.NETS;
                Element low = Element.of(Prefix.parse("10.0.0.0/24"));
                Element high = Element.of(Prefix.parse("10.0.1.0/24"));
                nft.commit(new Batch().add(Committed.OBJECTS_TABLE).add(nets).add(nets, low));
                nft.commit(new Batch().add(nets, high));
                assertThat(nft.elements(nets)).containsExactly(low, high);
                assertThat(mustRun("nft", "list", "set", "inet", "bailey", "nets"))
                        .contains("10.0.0.0/24")
                        .contains("10.0.1.0/24");

                nft.commit(new Batch().delete(nets, low));
                assertThat(nft.elements(nets)).containsExactly(high);
            }
        });
    }
}
