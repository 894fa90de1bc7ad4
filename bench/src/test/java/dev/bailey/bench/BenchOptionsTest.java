package dev.bailey.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.bench.BenchOptions.Part;
import dev.bailey.bench.BenchOptions.Peer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchOptionsTest {
    @Test
    void parse_nothing_isTheFullCourseWithAllPeers() {
        BenchOptions options = BenchOptions.parse();

        assertThat(options.quick()).isFalse();
        assertThat(options.save()).isFalse();
        assertThat(options.peers()).containsExactlyInAnyOrder(Peer.values());
        assertThat(options.course().populations()).containsExactly(1, 100, 500);
        assertThat(options.course().windowPopulation()).isEqualTo(100);
    }

    @Test
    void parse_everyOption_isTaken() {
        BenchOptions options = BenchOptions.parse(
                "--quick", "--save", "--populations", "2,7", "--rounds", "3", "--peers", "cni,docker");

        assertThat(options.quick()).isTrue();
        assertThat(options.save()).isTrue();
        assertThat(options.peers()).isEqualTo(Set.of(Peer.CNI, Peer.DOCKER));
        assertThat(options.course().rounds()).isEqualTo(3);
        assertThat(options.course().populations()).containsExactly(2, 7);
        assertThat(options.course().windowPopulation()).isEqualTo(7);
    }

    @Test
    void parse_peersNone_isNobody() {
        assertThat(BenchOptions.parse("--peers", "none").peers()).isEmpty();
    }

    @Test
    void parse_only_isOnePartOfTwo() {
        assertThat(BenchOptions.parse().parts()).containsExactlyInAnyOrder(Part.values());
        assertThat(BenchOptions.parse("--only", "ports").parts()).containsExactly(Part.PORTS);
    }

    @Test
    void wantsTree_iptablesAlone_isOfThisMachine() {
        assertThat(BenchOptions.parse("--peers", "iptables").wantsTree()).isFalse();
        assertThat(BenchOptions.parse("--peers", "iptables,cni").wantsTree()).isTrue();
        assertThat(BenchOptions.parse("--quick").wantsTree()).isFalse();
    }

    @Test
    void course_quick_hasFewerRounds() {
        assertThat(BenchOptions.parse("--quick").course().rounds())
                .isLessThan(BenchOptions.parse().course().rounds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fast             | there is no '--fast'; see --help",
                "--only all         | --only all: endpoints or ports would be right",
                "--rounds           | --rounds needs a value",
                "--rounds 0         | --rounds 0: whole numbers above 0 would be right",
                "--populations 1,x  | --populations 1,x: whole numbers above 0 would be right",
                "--peers podman     | --peers podman: some of docker, netavark, cni and iptables, or none would be right"
            })
    void parse_notUnderstood_saysWhatWouldBeRight(String words, String message) {
        assertThatThrownBy(() -> BenchOptions.parse(words.split(" "))).hasMessage(message);
    }

    @Test
    void course_fallingPopulations_isRefused() {
        BenchOptions options = BenchOptions.parse("--populations", "100,1");

        assertThatThrownBy(options::course).hasMessage("populations [100, 1]: each must be above the one before");
    }
}
