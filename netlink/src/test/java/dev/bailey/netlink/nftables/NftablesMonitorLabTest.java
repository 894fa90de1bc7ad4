package dev.bailey.netlink.nftables;

import static dev.bailey.netlink.Namespaced.inNamespace;
import static dev.bailey.netlink.Namespaced.mustRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.netlink.nftables.NftablesEvent.Change;
import dev.bailey.netlink.nftables.NftablesEvent.Committed;
import dev.bailey.netlink.nftables.NftablesEvent.Overflow;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kernel tells of commits. */
@Tag("lab")
class NftablesMonitorLabTest {
    private static final TableId TABLE = NftObjects.TABLE;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private static final Chain REG = Chain.regular(TABLE, "reg");
    private static final Rule RULE = Rule.of(REG, Matches.iifname("eth0"), Statements.accept());
    private static final Element PORT = Element.of(Value.port(80));
    private static final Element NET = Element.of(Prefix.parse("10.0.0.0/8"));

    @Test
    void next_ownCommit_tellsEveryChangeInOrder() throws Exception {
        inNamespace(() -> {
            try (NftablesMonitor monitor = NftablesMonitor.open();
                    NftablesConnection nft = NftablesConnection.open()) {
                Table table = Table.of(Family.INET, "bailey", TableFlag.OWNER, TableFlag.PERSIST);
                nft.commit(new Batch()
                        .add(table)
                        .add(REG)
                        .add(NftObjects.PORTS)
                        .add(NftObjects.NETS)
                        .add(NftObjects.PORTS, PORT)
                        .add(NftObjects.NETS, NET)
                        .add(RULE));

                Committed committed = nextCommit(monitor);

                assertThat(committed.portId()).isEqualTo(nft.portId());
                assertThat(committed.generation()).isEqualTo(nft.generation());
                assertThat(committed.changes().getFirst())
                        .isInstanceOfSatisfying(
                                Change.TableAdded.class,
                                added -> assertThat(added.installed().table()).isEqualTo(table));
                long handle = nft.rules(TABLE).getFirst().handle();
                assertThat(committed.changes())
                        .endsWith(
                                new Change.ChainAdded(REG),
                                new Change.SetAdded(NftObjects.PORTS),
                                new Change.SetAdded(NftObjects.NETS),
                                new Change.ElementAdded(TABLE, "ports", PORT),
                                new Change.ElementAdded(TABLE, "nets", Element.of(Value.address("10.0.0.0"))),
                                new Change.RuleAdded(new InstalledRule(handle, RULE)));
            }
        });
    }

    @Test
    void next_nftFlushesEverything_tellsItsNameAndWhatIsGone() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                nft.commit(new Batch()
                        .add(Table.of(Family.INET, "bailey"))
                        .add(REG)
                        .add(RULE)
                        .add(NftObjects.PORTS)
                        .add(NftObjects.PORTS, PORT));
                long handle = nft.rules(TABLE).getFirst().handle();
                try (NftablesMonitor monitor = NftablesMonitor.open()) {
                    mustRun("nft", "flush", "ruleset");

                    Committed committed = nextCommit(monitor);

                    assertThat(committed.portId()).isNotEqualTo(nft.portId());
                    assertThat(committed.generation().threadName()).isEqualTo("nft");
                    assertThat(committed.changes())
                            .containsExactlyInAnyOrder(
                                    new Change.RuleRemoved(TABLE, "reg", handle),
                                    new Change.SetRemoved(TABLE, "ports"),
                                    new Change.ChainRemoved(TABLE, "reg"),
                                    new Change.TableRemoved(TABLE));
                    assertThat(committed.changes())
                            .allMatch(change -> change.table().equals(TABLE));
                }
            }
        });
    }

    @Test
    void next_elementsDeleted_tellsThem() throws Exception {
        inNamespace(() -> {
            try (NftablesConnection nft = NftablesConnection.open()) {
                nft.commit(new Batch()
                        .add(Table.of(Family.INET, "bailey"))
                        .add(NftObjects.PORTS)
                        .add(NftObjects.PORTS, PORT));
                try (NftablesMonitor monitor = NftablesMonitor.open()) {
                    nft.commit(new Batch().delete(NftObjects.PORTS, PORT));
                    assertThat(nextCommit(monitor).changes())
                            .containsExactly(new Change.ElementRemoved(TABLE, "ports", PORT));
                }
            }
        });
    }

    @Test
    void next_nothingHappens_isEmpty() throws Exception {
        inNamespace(() -> {
            try (NftablesMonitor monitor = NftablesMonitor.open()) {
                assertThat(monitor.next(AT_ONCE)).isEmpty();
            }
        });
    }

    @Test
    void next_tooSlow_tellsOverflowAndGoesOn() throws Exception {
        inNamespace(() -> {
            List<Element> elements = new ArrayList<>();
            for (int i = 1; i <= 0xffff; i++) {
                elements.add(Element.of(Value.address("10.0.0.1"), Value.TCP, Value.port(i)));
            }
            try (NftablesMonitor monitor = NftablesMonitor.open();
                    NftablesConnection nft = NftablesConnection.open()) {
                nft.commit(new Batch().add(Table.of(Family.INET, "bailey")).add(NftObjects.PAIRS));
                nft.commit(new Batch().add(NftObjects.PAIRS, elements));
                nft.commit(new Batch().delete(NftObjects.PAIRS, elements));
                assertThat(monitor.next(LONG)).contains(new Overflow());

                nft.commit(new Batch().add(REG));
                assertThat(nextCommit(monitor).changes()).containsExactly(new Change.ChainAdded(REG));
            }
        });
    }

    @Test
    void close_whileSomebodyWaits_wakesIt() throws Exception {
        inNamespace(() -> {
            NftablesMonitor monitor = NftablesMonitor.open();
            Thread closer = Thread.ofPlatform().start(monitor::close);
            assertThatThrownBy(() -> monitor.next(LONG))
                    .isInstanceOfAny(AsynchronousCloseException.class, IllegalStateException.class);
            closer.join();
        });
    }

    private static Committed nextCommit(NftablesMonitor monitor) throws IOException {
        return (Committed) monitor.next(LONG).orElseThrow();
    }
}
