package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.Namespaced.inNamespace;
import static dev.bailey.netlink.Namespaced.mustRun;
import static dev.bailey.netlink.Namespaced.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.Errno;
import dev.bailey.netlink.NetlinkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches against the kernel, read back by ourselves and by nft. */
@Tag("lab")
class NftablesConnectionLabTest {
    private static final TableId TABLE = NftObjects.TABLE;

    @Test
    void commit_everyKindOfObject_readsBackEqual() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                nft.commit(Committed.batch());

                TableContent content = nft.read(TABLE).orElseThrow();

                assertThat(content.table().table()).isEqualTo(Committed.OBJECTS_TABLE);
                assertThat(content.chains()).containsExactlyInAnyOrderElementsOf(Committed.CHAINS.values());
                assertThat(content.rules()).hasSameSizeAs(Committed.rules());
                for (String chain : Committed.CHAINS.keySet()) {
                    Iterator<Rule> sent = Committed.rulesOf(chain).iterator();
                    for (InstalledRule installed : content.rules()) {
                        if (installed.rule().chain().equals(chain)) {
                            assertThat(installed.rule()).isEqualTo(sent.next());
                        }
                    }
                }
                assertThat(content.sets())
                        .extracting(SetContent::definition)
                        .containsExactlyInAnyOrderElementsOf(Committed.SETS);
                for (SetContent set : content.sets()) {
                    assertThat(set.elements())
                            .as(set.definition().name())
                            .containsExactlyInAnyOrderElementsOf(Committed.elements(set.definition()));
                }
            }
        });
    }

    @Test
    void text_ofWhatIsInTheKernel_isNftsListing() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                nft.commit(Committed.batch());
                String ours = NftText.of(nft.read(TABLE).orElseThrow());
                String theirs = mustRun("nft", "list", "table", "inet", "bailey");
                assertThat(comparable(ours)).containsExactlyElementsOf(comparable(theirs));
            }
        });
    }

    /** nft breaks lines of elements by taste, knows interfaces by name and expressions that we do not. */
    private static List<String> comparable(String listing) {
        String unwrapped = listing.replaceAll(",\\n\\s+", ", ");
        return Pattern.compile("\n")
                .splitAsStream(unwrapped)
                .map(line -> line.startsWith("\t\telements = {") ? sortedElements(line) : line)
                .filter(line -> !line.contains("log prefix") && !line.contains("<log>"))
                .filter(line -> !line.contains("notrack"))
                .filter(line -> !line.contains("iif ") && !line.contains("fib saddr oif"))
                .filter(line -> !line.contains("tcp flags") && !line.contains("@th,104,8"))
                .filter(line -> !line.contains("icmp type") && !line.contains("@th,0,8"))
                .toList();
    }

    private static String sortedElements(String line) {
        String body =
                line.substring(line.indexOf('{') + 1, line.lastIndexOf('}')).trim();
        return "\t\telements = "
                + Pattern.compile(", ").splitAsStream(body).sorted().toList();
    }

    @Test
    void read_tableOfNft_isWhatItListed() throws Exception {
        inNamespace(() -> {
            mustRun(
                    "nft",
                    "add table ip theirs { comment \"not ours\"; }; "
                            + "add chain ip theirs in { type filter hook input priority 5; policy drop; }; "
                            + "add rule ip theirs in tcp dport { 22, 443 } ct state vmap { established : accept, new : drop }; "
                            + "add set ip theirs s { type ipv4_addr; flags interval; auto-merge; elements = { 10.0.0.0/8 } }");
            try (NftablesConnection nft = NftablesConnection.open()) {
                TableId theirs = new TableId(Family.IP, "theirs");
                String ours = NftText.of(nft.read(theirs).orElseThrow());
                assertThat(ours)
                        .contains("comment \"not ours\"")
                        .contains("type filter hook input priority filter + 5; policy drop;")
                        .contains("tcp dport { 22, 443 } ct state vmap {")
                        .contains("established : accept")
                        .contains("elements = { 10.0.0.0/8 }");
            }
        });
    }

    @Test
    void commit_refused_namesTheChangeAndUndoesAll() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                Batch bad = new Batch()
                        .add(Table.of(Family.INET, "bailey"))
                        .add(Chain.regular(TABLE, "reg"))
                        .add(Rule.of(TABLE, "nowhere", List.of(Statements.accept())))
                        .add(Chain.regular(TABLE, "other"));
                int before = nft.generation().id();

                assertThatThrownBy(() -> nft.commit(bad)).isInstanceOfSatisfying(NetlinkException.class, refusal -> {
                    assertThat(refusal)
                            .hasMessage("add rule inet bailey nowhere accept (change 3 of 4): "
                                    + "ENOENT (No such file or directory)");
                    assertThat(refusal.errno()).isEqualTo(Errno.ENOENT);
                    assertThat(refusal.index()).isEqualTo(3);
                    assertThat(refusal.offset()).isPositive();
                });

                assertThat(nft.tables()).isEmpty();
                assertThat(nft.generation().id()).isEqualTo(before);
                nft.commit(new Batch().add(Table.of(Family.INET, "bailey")));
                assertThat(nft.tables()).hasSize(1);
            }
        });
    }

    @Test
    void commit_oneElementOfManyRefused_namesIt() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                SetDefinition nets = NftObjects.NETS;
                nft.commit(new Batch().add(Committed.OBJECTS_TABLE).add(nets));
                nft.commit(new Batch().add(nets, Element.of(Prefix.parse("10.1.0.0/16"))));
                Batch overlapping = new Batch()
                        .add(
                                nets,
                                Element.of(Prefix.parse("10.0.0.0/16")),
                                Element.of(Prefix.parse("10.1.5.0/24")),
                                Element.of(Prefix.parse("10.2.0.0/16")));

                assertThatThrownBy(() -> nft.commit(overlapping))
                        .isInstanceOf(NetlinkException.class)
                        .hasMessageStartingWith("add element inet bailey nets { 10.1.5.0/24 }: EEXIST (File exists)");
                assertThat(nft.elements(nets)).containsExactly(Element.of(Prefix.parse("10.1.0.0/16")));
            }
        });
    }

    @Test
    void commit_kernelHasWords_theyAreInTheMessage() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                Batch loop = new Batch()
                        .add(Committed.OBJECTS_TABLE)
                        .add(Chain.regular(TABLE, "a"))
                        .add(Chain.base(TABLE, "b", Hook.of(ChainType.FILTER, HookPoint.FORWARD, 0, Policy.ACCEPT)))
                        .add(Rule.of(TABLE, "a", List.of(Statements.jump("b"))));
                assertThatThrownBy(() -> nft.commit(loop))
                        .isInstanceOfSatisfying(
                                NetlinkException.class,
                                refusal -> assertThat(refusal).hasMessageContaining("add rule inet bailey a jump b"));
            }
        });
    }

    @Test
    void commit_ownedTable_nobodyElseCanChangeIt() throws Exception {
        inNamespace(() -> {
            Table owned = Table.of(Family.INET, "bailey", TableFlag.OWNER, TableFlag.PERSIST);
            try (NftablesConnection owner = NftablesConnection.open();
                    NftablesConnection other = NftablesConnection.open()) {
                owner.commit(new Batch().add(owned).add(Chain.regular(TABLE, "reg")));

                assertThat(run("nft", "delete", "table", "inet", "bailey"))
                        .matches(result ->
                                result.status() != 0 && result.output().contains("not permitted"));
                mustRun("nft", "flush", "ruleset");
                assertThatThrownBy(() -> other.commit(new Batch().delete(TABLE)))
                        .isInstanceOfSatisfying(
                                NetlinkException.class,
                                refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EPERM));
                assertThat(other.chains(TABLE)).containsExactly(Chain.regular(TABLE, "reg"));
                InstalledTable installed = other.table(TABLE).orElseThrow();
                assertThat(installed.table()).isEqualTo(owned);
                assertThat(installed.ownerPort()).hasValue(owner.portId());
            }
        });
    }

    @Test
    void commit_orphanedTable_isAdoptedWithItsContent() throws Exception {
        inNamespace(() -> {
            Table owned = Table.of(Family.INET, "bailey", TableFlag.OWNER, TableFlag.PERSIST);
            try (NftablesConnection first = NftablesConnection.open()) {
                first.commit(new Batch().add(owned).add(Chain.regular(TABLE, "reg")));
            }
            try (NftablesConnection second = NftablesConnection.open()) {
                InstalledTable orphan = second.table(TABLE).orElseThrow();
                assertThat(orphan.isOrphan()).isTrue();

                second.commit(new Batch().add(owned).add(Chain.regular(TABLE, "more")));

                InstalledTable adopted = second.table(TABLE).orElseThrow();
                assertThat(adopted.ownerPort()).hasValue(second.portId());
                assertThat(adopted.isOrphan()).isFalse();
                assertThat(second.chains(TABLE)).extracting(Chain::name).containsExactly("reg", "more");
                assertThat(run("nft", "delete", "table", "inet", "bailey").status())
                        .isNotZero();
            }
        });
    }

    @Test
    void commit_tenThousandElements_areAllThere() throws Exception {
        inNamespace(() -> {
            List<Element> elements = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                elements.add(Element.of(Value.TCP, Value.port(i + 1)).to(Value.ipv4(0xac110000 + i), Value.port(80)));
            }
            try (NftablesConnection nft = NftablesConnection.open()) {
                Batch batch = new Batch().add(Committed.OBJECTS_TABLE).add(NftObjects.PUBLISH);
                nft.commit(batch.add(NftObjects.PUBLISH, elements));

                assertThat(batch.messages()).hasSizeGreaterThan(3);
                List<Element> there = nft.elements(NftObjects.PUBLISH);
                assertThat(there).hasSize(elements.size());
                assertThat(new HashSet<>(there)).isEqualTo(new HashSet<>(elements));

                nft.commit(new Batch().delete(NftObjects.PUBLISH, elements.subList(1, elements.size())));
                assertThat(nft.elements(NftObjects.PUBLISH)).containsExactly(elements.getFirst());
            }
        });
    }

    @Test
    void commit_lastChangeAcknowledged_tellsErrorsAndSuccess() throws Exception {
        inNamespace(() -> {
            Optional<BatchSender.Acknowledged> asOlderKernels = Optional.of(BatchSender.Acknowledged.LAST_CHANGE);
            try (NftablesConnection nft = NftablesConnection.open(asOlderKernels)) {
                nft.commit(Committed.batch());
                assertThat(nft.rules(TABLE)).hasSameSizeAs(Committed.rules());
                assertThatThrownBy(() -> nft.commit(
                                new Batch().deleteChain(TABLE, "nowhere").add(Chain.regular(TABLE, "more"))))
                        .hasMessageStartingWith("delete chain inet bailey nowhere (change 1 of 2): ENOENT");
                assertThat(nft.chains(TABLE)).extracting(Chain::name).doesNotContain("more");
            }
        });
    }

    @Test
    void commit_manyChangesRefused_tellsTheFirst() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                Batch batch = new Batch().add(Committed.OBJECTS_TABLE);
                for (int i = 0; i < 5000; i++) {
                    batch.deleteChain(TABLE, "nowhere" + i);
                }
                assertThatThrownBy(() -> nft.commit(batch))
                        .hasMessageStartingWith("delete chain inet bailey nowhere0 (change 2 of 5001): ENOENT");
                nft.commit(new Batch().add(Committed.OBJECTS_TABLE));
                assertThat(nft.tables()).hasSize(1);
            }
        });
    }

    @Test
    void commitIfUnchanged_somebodyCommitted_doesNothing() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                int generation = nft.generation().id();
                mustRun("nft", "add", "table", "ip", "theirs");

                assertThat(nft.commitIfUnchanged(new Batch().add(Committed.OBJECTS_TABLE), generation))
                        .isFalse();
                assertThat(nft.table(TABLE)).isEmpty();

                int now = nft.generation().id();
                assertThat(nft.commitIfUnchanged(new Batch().add(Committed.OBJECTS_TABLE), now))
                        .isTrue();
                assertThat(nft.table(TABLE)).isPresent();
            }
        });
    }

    @Test
    void generation_asked_namesThisThread() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                String comm =
                        Files.readString(Path.of("/proc/thread-self/comm")).strip();
                assertThat(nft.generation().threadName()).isEqualTo(comm);
            }
        });
    }

    @Test
    void commit_emptyBatch_doesNothing() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                int before = nft.generation().id();
                nft.commit(new Batch());
                assertThat(nft.generation().id()).isEqualTo(before);
            }
        });
    }

    @Test
    void commit_publishedPort_isReadByNftAsMeant() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                Chain pre = Chain.base(TABLE, "pre", Hook.of(ChainType.NAT, HookPoint.PREROUTING, -100, Policy.ACCEPT));
                nft.commit(new Batch()
                        .add(Committed.OBJECTS_TABLE)
                        .add(pre)
                        .add(NftObjects.PUBLISH)
                        .add(
                                NftObjects.PUBLISH,
                                Element.of(Value.TCP, Value.port(8080)).to(Value.address("172.17.0.2"), Value.port(80)))
                        .add(Rule.of(
                                pre,
                                Matches.fibDaddrLocal(),
                                Statements.dnat(NftObjects.PUBLISH, Selector.L4PROTO, Selector.TH_DPORT))));

                assertThat(mustRun("nft", "-j", "list", "ruleset"))
                        .contains("""
                                "elem": [[{"concat": ["tcp", 8080]}, {"concat": ["172.17.0.2", 80]}]]""")
                        .contains("""
                                {"dnat": {"family": "ip", "addr": {"map": {"key": {"concat": \
                                [{"meta": {"key": "l4proto"}}, {"payload": {"protocol": "th", "field": "dport"}}]}, \
                                "data": "@publish"}}}}""");
            }
        });
    }
}
