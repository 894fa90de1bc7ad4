package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.attachment.AttachedEndpoint;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpConnection;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator sees of a host with one connection out, with each backend, beside what the host's own tools say. */
@Tag("lab")
@Timeout(300)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
final class ViewsLabTest {
    private static final String NFTABLES = "nftables";

    private Lab lab;
    private Site site;
    private DaemonUnderTest daemon;

    @BeforeEach
    void build(Lab made) throws IOException {
        lab = made;
        site = Site.build(made);
        daemon = new DaemonUnderTest(
                site.host(), Files.createDirectories(made.directory().resolve("bailey")));
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {NFTABLES, "nft", "legacy"})
    void views_ofOneConnectionOut_sayWhatTheHostsToolsSay(String variant) throws IOException {
        start(variant);
        LabHost blue = lab.host("blue");
        daemon.cli("attach", "--name", "blue", blue.path().toString()).orThrow();
        AttachedEndpoint endpoint = daemon.endpoints().getFirst();
        site.internet().tcpEcho(Site.SERVICE, 7);

        try (TcpConnection connection = blue.connectTcp(Site.SERVICE, 7)) {
            connection.verifyEcho();
            assertThat(seen("flows", "--once"))
                    .containsPattern("blue tcp ESTABLISHED 172.17.0.2:\\d+ 192.0.2.53:7 198.51.100.2:\\d+ - ");
        }
        checkRules(variant);
        assertThat(seen("bridges"))
                .contains("bailey0 8000.", " up bridge " + endpoint.hostEnd() + " forwarding blue\n");
        assertThat(site.host().exec("brctl", "show", "bailey0").output()).contains(endpoint.hostEnd());
        assertThat(seen("uplinks")).contains("eth0 up 1500 198.51.100.2/24 198.51.100.1 0 ");
        site.addSecondUplink();
        Await.until("eth1 to be seen", () -> seen("uplinks").contains("eth1 up 1500 203.0.113.2/24 - - "));
    }

    private void checkRules(String variant) {
        if (variant.equals(NFTABLES)) {
            assertThat(seen("tables"))
                    .contains(
                            "inet bailey nftables bailey guard filter -300 accept - filter 0 accept nat -99 accept nat 100"
                                    + " accept 6\nnat -99 accept\n",
                            "inet bailey-user nftables operator - - filter -1 accept - nat 99 accept 0\n");
            assertThat(seen("nat").replaceAll("(?m)^[0-9]+ [0-9]+ ", "N N "))
                    .startsWith("""
                    Table inet bailey (nftables)
                    Chain PREROUTING (policy ACCEPT)
                    pkts bytes target prot opt in out source destination
                    - - RETURN all -- * * 0.0.0.0/0 127.0.0.0/8
                    - - published_ports all -- * * anywhere anywhere [goto] ADDRTYPE match dst-type LOCAL
                    """)
                    .contains("""
                    Chain POSTROUTING (policy ACCEPT)
                    pkts bytes target prot opt in out source destination
                    - - hairpin_bailey0 all -- * bailey0 anywhere anywhere [goto]
                    N N MASQUERADE all -- * * 172.17.0.0/16 0.0.0.0/0
                    """);
            return;
        }
        String backend = variant.equals("nft") ? NFTABLES : "iptables-legacy";
        assertThat(seen("tables")).containsPattern("ip nat " + backend + " iptables nat -100 accept ");
        String listing = seen("nat");
        assertThat(listing).startsWith("Table ip nat (" + backend + ")\n").contains("\n1 60 MASQUERADE ");
        assertThat(asIptablesLists(listing)).isEqualTo(iptables(variant));
    }

    /** The listing that operators know, as the host's own program prints it: no counters, nothing of links. */
    private List<String> iptables(String variant) {
        return squeezed(site.host()
                        .exec("iptables-" + variant, "-t", "nat", "-nL")
                        .output())
                .replaceAll("(?m)^(\\w+) (?:0|all) -- ", "$1 all -- ")
                .replace("Chain INPUT (policy ACCEPT)\ntarget prot opt source destination\n", "")
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The same of a listing of ours; INPUT is there with one of the two kernel parts only. */
    private static List<String> asIptablesLists(String listing) {
        return listing.lines()
                .filter(line -> !line.startsWith("Table") && !line.isEmpty())
                .map(line -> line.replaceFirst("^\\d+ \\d+ (\\S+ \\S+ --) \\S+ \\S+ ", "$1 "))
                .map(line -> line.startsWith("pkts") ? "target prot opt source destination" : line)
                .collect(Collectors.joining("\n"))
                .replace("Chain INPUT (policy ACCEPT)\ntarget prot opt source destination\n", "")
                .lines()
                .toList();
    }

    private void start(String variant) throws IOException {
        if (variant.equals(NFTABLES)) {
            daemon.start();
            return;
        }
        Path programs = Files.createDirectories(lab.directory().resolve("programs"));
        for (String family : List.of("iptables", "ip6tables")) {
            for (String verb : List.of("-save", "-restore")) {
                Files.createSymbolicLink(
                        programs.resolve(family + verb), Path.of("/usr/sbin", family + "-" + variant + verb));
            }
        }
        daemon.startFinding(programs, "--firewall-backend", "iptables");
    }

    /** What a verb of the client prints, with single blanks. */
    private String seen(String... words) {
        return squeezed(daemon.cli(words).orThrow().output());
    }

    private static String squeezed(String text) {
        return text.replaceAll("(?m)^ +| +$", "").replaceAll(" +", " ");
    }
}
