package dev.bailey.engine.firewall.iptables;

import static dev.bailey.engine.firewall.iptables.Policies.DEFAULT;
import static dev.bailey.engine.firewall.iptables.Policies.INTERNAL;
import static dev.bailey.engine.firewall.iptables.Policies.PLAIN;
import static dev.bailey.engine.firewall.iptables.Policies.network;
import static dev.bailey.engine.firewall.iptables.Policies.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.Seed;
import dev.bailey.engine.firewall.NetworkPolicy;
import dev.bailey.engine.firewall.iptables.IptablesRules.Table;
import dev.bailey.engine.model.NetworkOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From what is to what is wanted, among rules of others. */
class RestoreTextTest {
    private static final String FOREIGN = """
            *filter
            :DOCKER-USER - [0:0]
            -A FORWARD -j DOCKER-USER
            -A FORWARD -i docker0 -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            COMMIT
            *nat
            -A POSTROUTING -s 172.18.0.0/16 ! -o docker0 -j MASQUERADE
            -A POSTROUTING -s 172.17.0.0/16 ! -o bailey0 -j MASQUERADE
            COMMIT
            """;

    private static final String CLAIM = "-i bailey0 -j RETURN";

    private final FakeIptables tables = new FakeIptables();

    @Test
    void between_sameRules_saysNothing() {
        bringTo(rules(DEFAULT).ipv4());
        assertThat(RestoreText.between(read(), rules(DEFAULT).ipv4())).isEmpty();
        assertThat(RestoreText.between(rules(DEFAULT).ipv4(), rules(DEFAULT).ipv4()))
                .isEmpty();
    }

    @Test
    void between_othersWereThereFirst_dropsBeforeThemAndMasqueradesBehindThem() {
        tables.restore(FOREIGN);
        bringTo(rules(DEFAULT).ipv4());
        assertThat(tables.rules("filter", "FORWARD"))
                .containsExactly(
                        "-j BAILEY-USER",
                        "-j BAILEY-FORWARD",
                        "-j DOCKER-USER",
                        "-i docker0 -j ACCEPT",
                        "-j BAILEY-ACCEPT");
        assertThat(tables.rules("nat", "POSTROUTING"))
                .hasSize(3)
                .last()
                .isEqualTo("-s 172.17.0.0/16 ! -o bailey0 -j MASQUERADE");
    }

    @Test
    void between_othersCameBefore_movesTheJumpsToTheBeginning() {
        bringTo(rules(DEFAULT).ipv4());
        tables.restore("*filter\n-I FORWARD 1 -i docker0 -j ACCEPT\nCOMMIT\n");
        assertThat(RestoreText.between(read(), rules(DEFAULT).ipv4())).isEqualTo("""
                *filter
                -D FORWARD -j BAILEY-USER
                -D FORWARD -j BAILEY-FORWARD
                -I FORWARD 1 -j BAILEY-USER
                -I FORWARD 2 -j BAILEY-FORWARD
                COMMIT
                """);
    }

    @Test
    void between_othersAppendedARedirection_movesTheJumpBehindItInOneCommit() {
        bringTo(rules(DEFAULT).ipv4());
        tables.restore("*nat\n-A PREROUTING -p tcp -j RETURN\n-A POSTROUTING -p tcp -j RETURN\nCOMMIT\n");
        assertThat(RestoreText.between(read(), rules(DEFAULT).ipv4())).isEqualTo("""
                *nat
                -D PREROUTING -m addrtype --dst-type LOCAL -j BAILEY
                -A PREROUTING -m addrtype --dst-type LOCAL -j BAILEY
                COMMIT
                """);
        assertThat(RestoreText.between(
                        RestoreText.withoutOthersBehind(read()), rules(DEFAULT).ipv4()))
                .isEmpty();
        bringTo(rules(DEFAULT).ipv4());
        assertThat(tables.rules("nat", "PREROUTING"))
                .containsExactly("-p tcp -j RETURN", "-m addrtype --dst-type LOCAL -j BAILEY");
    }

    @Test
    void between_filterWasFlushedByOthers_putsItBackAndNothingTwice() {
        bringTo(rules(DEFAULT).ipv4());
        String before = tables.save();
        tables.restore("*filter\n-F FORWARD\n-F BAILEY-FORWARD\n-F BAILEY-ACCEPT\nCOMMIT\n");
        bringTo(rules(DEFAULT).ipv4());
        assertThat(tables.save()).isEqualTo(before);
    }

    @Test
    void between_oneRuleMore_isToldAloneInItsPlace() {
        Table before =
                new Table("nat", Map.of("BAILEY", List.of("-i a -j RETURN", "-i c -j RETURN")), Map.of(), List.of());
        Table after = new Table(
                "nat",
                Map.of("BAILEY", List.of("-i a -j RETURN", "-i b -j RETURN", "-i c -j RETURN")),
                Map.of(),
                List.of());
        assertThat(RestoreText.between(List.of(before), List.of(after)))
                .isEqualTo("*nat\n-I BAILEY 2 -i b -j RETURN\nCOMMIT\n");
        assertThat(RestoreText.between(List.of(after), List.of(before)))
                .isEqualTo("*nat\n-D BAILEY -i b -j RETURN\nCOMMIT\n");
    }

    @Test
    void between_portMore_comesFirst_forThatIsCheapest() {
        List<Table> before = destinations(port(1), port(3), CLAIM);
        List<Table> after = destinations(port(1), port(2), port(3), CLAIM);
        assertThat(RestoreText.between(before, after)).isEqualTo("*nat\n-I BAILEY " + port(2) + "\nCOMMIT\n");
        assertThat(RestoreText.between(destinations(port(2), port(1), port(3), CLAIM), after))
                .as("in any order")
                .isEmpty();
        assertThat(RestoreText.between(destinations(CLAIM, port(1), port(2), port(3)), after))
                .as("but not behind what stays behind them")
                .contains("-F BAILEY");
    }

    /** From any ports in any order to any others, with what stands before and behind them. */
    @Test
    void between_anyPorts_reachesWhatIsWanted() {
        RandomGenerator random = Seed.generator("RestoreTextTest.ports");
        List<Integer> numbers = new ArrayList<>(IntStream.range(1, 9).boxed().toList());
        for (int i = 0; i < 2_000; i++) {
            Collections.shuffle(numbers, random);
            List<String> wanted = new ArrayList<>();
            if (random.nextBoolean()) {
                wanted.add("-d fe80::/10 -j RETURN");
            }
            numbers.subList(0, random.nextInt(numbers.size())).forEach(number -> wanted.add(port(number)));
            if (random.nextBoolean()) {
                wanted.add(CLAIM);
            }
            List<Table> tablesWanted = destinations(wanted.toArray(String[]::new));
            bringTo(tablesWanted);
            assertThat(RestoreText.between(read(), tablesWanted)).isEmpty();
            assertThat(tables.rules("nat", "BAILEY")).containsExactlyInAnyOrderElementsOf(wanted);
            assertThat(tables.rules("nat", "BAILEY").indexOf(CLAIM)).isEqualTo(wanted.indexOf(CLAIM));
        }
    }

    private static String port(int number) {
        return "-p tcp -m tcp --dport " + number + " -j DNAT --to-destination 172.17.0.2:80";
    }

    private static List<Table> destinations(String... rules) {
        return List.of(new Table("nat", Map.of("BAILEY", List.of(rules)), Map.of(), List.of()));
    }

    @Test
    void withoutEngine_hookEmpty_leavesOnlyOthers() {
        tables.restore(FOREIGN);
        String before = tables.save();
        bringTo(rules(DEFAULT, PLAIN, INTERNAL).ipv4());
        bringTo(RestoreText.withoutEngine(read()));
        assertThat(tables.save()).isEqualTo(before);
    }

    @Test
    void withoutEngine_hookHasRules_keepsItAndTheWayToIt() {
        tables.restore(FOREIGN);
        bringTo(rules(DEFAULT).ipv4());
        tables.restore("*filter\n-A BAILEY-USER -s 172.17.0.9/32 -j DROP\nCOMMIT\n");
        bringTo(RestoreText.withoutEngine(read()));
        assertThat(tables.rules("filter", "FORWARD"))
                .containsExactly("-j BAILEY-USER", "-j DOCKER-USER", "-i docker0 -j ACCEPT");
        assertThat(tables.rules("filter", "BAILEY-USER")).containsExactly("-s 172.17.0.9/32 -j DROP");
        bringTo(rules(DEFAULT).ipv4());
        assertThat(tables.rules("filter", "BAILEY-USER")).containsExactly("-s 172.17.0.9/32 -j DROP");
    }

    @Test
    void withoutEngine_hookUsedFromElsewhere_keepsIt() {
        bringTo(rules(DEFAULT).ipv4());
        tables.restore("*filter\n-A INPUT -i eth0 -j BAILEY-USER\nCOMMIT\n");
        bringTo(RestoreText.withoutEngine(read()));
        assertThat(tables.rules("filter", "INPUT")).containsExactly("-i eth0 -j BAILEY-USER");
        assertThat(tables.hasChain("filter", "BAILEY-FORWARD")).isFalse();
    }

    /** Whatever came before, the next policy is reached, from what is read as from what is remembered, and others stay. */
    @Test
    void between_anyHistory_reachesWhatIsWantedAndSparesOthers() {
        RandomGenerator random = Seed.generator("RestoreTextTest");
        List<NetworkPolicy> all = new ArrayList<>(List.of(DEFAULT, PLAIN, INTERNAL));
        for (int i = 0; i < 5; i++) {
            all.add(network(
                    "br" + i,
                    "10.9." + i + ".0/24",
                    new NetworkOptions(random.nextBoolean(), random.nextBoolean(), random.nextBoolean())));
        }
        tables.restore(FOREIGN);
        String others = tables.save();
        List<Table> remembered = List.of();
        for (int i = 0; i < 300; i++) {
            Collections.shuffle(all, random);
            List<Table> wanted = rules(
                            all.subList(0, random.nextInt(all.size())).toArray(NetworkPolicy[]::new))
                    .ipv4();
            tables.restore(RestoreText.between(random.nextBoolean() ? read() : remembered, wanted));
            assertThat(RestoreText.between(read(), wanted)).isEmpty();
            assertThat(tables.save().lines().filter(others::contains).toList())
                    .containsAll(others.lines().toList());
            remembered = wanted;
        }
        bringTo(RestoreText.withoutEngine(read()));
        assertThat(tables.save()).isEqualTo(others);
    }

    private void bringTo(List<Table> wanted) {
        tables.restore(RestoreText.between(read(), wanted));
    }

    private List<Table> read() {
        return SavedTables.read(tables.save());
    }
}
