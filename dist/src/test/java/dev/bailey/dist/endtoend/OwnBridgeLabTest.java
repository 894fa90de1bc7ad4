package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.attachment.AttachedEndpoint;
import dev.bailey.lab.Await;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bridge that the operator made: containers on it, what becomes of those before, and what cannot be used. */
@Tag("lab")
@Timeout(900)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
final class OwnBridgeLabTest {
    private static final String WEB = "192.0.2.80";
    private static final int PORT = 1000;

    private Lab lab;
    private Site site;
    private LabHost host;
    private DaemonUnderTest daemon;

    @BeforeEach
    void build(Lab made) throws IOException {
        lab = made;
        site = Site.build(made);
        host = site.host();
        daemon = new DaemonUnderTest(
                host, Files.createDirectories(made.directory().resolve("bailey")));
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private AttachedEndpoint endpoint(String name) {
        return daemon.endpoints().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private CommandResult inside(String container, String... words) {
        Path netns = daemon.execRoot().resolve("netns").resolve(container.substring(0, 12));
        return host.command(Stream.concat(Stream.of("nsenter", "--net=" + netns), Stream.of(words))
                        .toArray(String[]::new))
                .execute();
    }

    private void restart(String container) {
        daemon.call("POST", "/containers/" + container + "/stop?t=0", "").orThrow();
        daemon.call("POST", "/containers/" + container + "/start", "").orThrow();
    }

    private String bailey(String... words) {
        return daemon.cli(words).orThrow().output();
    }

    private String hostSees(String... words) {
        return host.command(words).execute().output();
    }

    /** The seed's story: the lines that are typed are its lines, under this program's names. */
    @Test
    void story_ownBridgeAndBack() throws IOException {
        site.internet().address("lo", WEB + "/32");
        TcpServer web = site.internet().tcpWhoAmI(WEB, PORT);
        Path defaults = Files.createDirectories(lab.directory().resolve("default"));
        daemon.start();
        String before = daemon.runSleeper("before");
        assertThat(endpoint("before").address()).isEqualTo("172.17.0.2/16");

        daemon.stop();
        host.exec("ip", "link", "set", "dev", "bailey0", "down");
        host.exec("brctl", "delbr", "bailey0");
        host.exec("brctl", "addbr", "bridge0");
        host.exec("ip", "addr", "add", "10.100.1.0/24", "dev", "bridge0");
        host.exec("ip", "link", "set", "dev", "bridge0", "up");
        assertThat(hostSees("ip", "addr", "show", "bridge0")).contains("inet 10.100.1.0/24 scope global bridge0");
        Files.writeString(
                defaults.resolve("bailey"),
                "BAILEY_OPTS=\"-b=bridge0\"\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        daemon.startWithDefaults(defaults);

        String after = daemon.runSleeper("after");
        assertThat(endpoint("after").address()).isEqualTo("10.100.1.1/24");
        assertThat(hostSees("brctl", "show", "bridge0"))
                .contains(endpoint("after").hostEnd());
        assertThat(inside(after, "ip", "addr", "show", "eth0").output()).contains("inet 10.100.1.1/24");
        assertThat(inside(after, "ip", "route").output())
                .contains("default via 10.100.1.0 dev eth0", "10.100.1.0/24 dev eth0");
        inside(after, "ping", "-c1", "-W5", "10.100.1.0").orThrow();
        assertThat(inside(after, "nc", "-w", "30", WEB, String.valueOf(PORT)).output())
                .startsWith(Site.HOST + ":");
        assertThat(web.clients()).hasSize(1);
        assertThat(bailey("config")).containsPattern("(?m)^bridge +bridge0 +/etc/default/bailey:1$");

        assertThat(endpoint("before").address()).isEqualTo("172.17.0.2/16");
        inside(before, "ping", "-c1", "-W5", "172.17.0.1").orThrow();
        restart(before);
        assertThat(endpoint("before").address()).isEqualTo("10.100.1.2/24");
        Await.until(
                "bailey0 to go with its last container",
                () -> !hostSees("ip", "link").contains("bailey0"));
        assertThat(daemon.call("GET", "/networks", "").output()).doesNotContain("former-");

        daemon.stop();
        daemon.start();
        assertThat(endpoint("after").address()).isEqualTo("10.100.1.1/24");
        restart(before);
        restart(after);
        assertThat(daemon.endpoints())
                .extracting(AttachedEndpoint::address)
                .allMatch(text -> text.startsWith("172.17."));
        assertThat(hostSees("ip", "addr", "show", "bridge0"))
                .contains("inet 10.100.1.0/24 scope global bridge0", "state DOWN");
        assertThat(hostSees("nft", "list", "ruleset")).doesNotContain("bridge0");
        assertThat(daemon.call("GET", "/networks", "").output()).doesNotContain("former-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|-b bridge0|bridge bridge0 does not exist: one of your own must be there before the daemon starts,",
                "ip link add bridge0 type bridge|-b bridge0|bridge bridge0 has no IPv4 address: give it one",
                "ip link add bridge0 type veth peer name other; ip addr add 10.1.0.1/24 dev bridge0|-b bridge0|link bridge0 is not a bridge:",
                "ip link add bridge0 type bridge; ip addr add 10.1.0.1/24 dev bridge0; ip addr add 10.2.0.1/24 dev bridge0"
                        + "|-b bridge0|bridge bridge0 has addresses in 2 subnets, 10.1.0.1/24 and 10.2.0.1/24:",
                "ip link add bridge0 type bridge; ip addr add 10.1.0.1/32 dev bridge0|-b bridge0|bridge bridge0 has the address 10.1.0.1/32, which leaves no usable subnet:",
                "ip link add bridge0 type bridge; ip addr add 10.1.0.1/24 dev bridge0|-b bridge0 --fixed-cidr 10.2.0.0/25|the range 10.2.0.0/25 lies in no subnet of bridge bridge0,",
                "ip link add bridge0 type bridge; ip addr add 10.1.0.1/24 dev bridge0|-b bridge0 --default-gateway 10.2.0.1|the gateway 10.2.0.1 is no address of a host in",
                "''|-b bailey0|bailey0 is the name of the bridge that the daemon makes itself:",
                "''|-b bridge0 --bip 10.1.0.1/24|--bip on the command line has no effect beside --bridge on the command line:"
            })
    void start_bridgeThatCannotBeUsed_isRefusedInOneLineAndNothingIsMade(
            String prepare, String options, String reason) {
        if (!prepare.isEmpty()) {
            host.exec("sh", "-c", prepare);
        }
        String before = hostSees("ip", "-o", "-4", "addr");

        CommandResult result = daemon.refuse(options.split(" "));

        assertThat(result.exitCode()).isIn(1, 2);
        assertThat(result.error().lines().filter(line -> line.startsWith("bailey: ")))
                .singleElement()
                .asString()
                .startsWith("bailey: " + reason);
        assertThat(hostSees("ip", "-o", "-4", "addr")).isEqualTo(before);
        assertThat(hostSees("nft", "list", "tables")).isEmpty();
    }

    @Test
    void start_bridgeThatIsDown_isSetUpAndLeftAtTheEnd() {
        host.exec("sh", "-c", "ip link add bridge0 type bridge; ip addr add 10.1.0.1/24 dev bridge0");

        daemon.start("-b", "bridge0", "--fixed-cidr", "10.1.0.64/30", "--default-gateway", "10.1.0.254");

        String container = daemon.runSleeper("box");
        assertThat(endpoint("box").address()).isEqualTo("10.1.0.64/24");
        assertThat(inside(container, "ip", "route").output()).contains("default via 10.1.0.254 dev eth0");
        inside(container, "ping", "-c1", "-W5", "10.1.0.1").orThrow();
        daemon.removeContainers();
        daemon.stop();
        assertThat(hostSees("ip", "-o", "addr", "show", "bridge0")).contains("10.1.0.1/24");
    }

    @Test
    void start_noBridge_runsNothingOnTheDefaultNetworkAndKeepsWhatRuns() {
        daemon.start();
        String container = daemon.runSleeper("box");
        daemon.stop();

        daemon.start("--bridge", "none");

        inside(container, "ping", "-c1", "-W5", "172.17.0.1").orThrow();
        daemon.removeContainers();
        Await.until("bailey0 to go", () -> !hostSees("ip", "link").contains("bailey0"));
        assertThat(host.command(
                                "sh",
                                "-c",
                                "curl -sS --unix-socket " + daemon.socket() + " -d '{\"netns\":\""
                                        + lab.host("blue").path() + "\"}' http://b/bailey/attach")
                        .run()
                        .output())
                .contains("network bridge not found: the daemon was started with no default network");
    }

    @Test
    void icc_false_keepsContainersApartUntilItIsReadAgain() throws IOException {
        Path file = Files.writeString(lab.directory().resolve("daemon.json"), "{\"icc\": false, \"mtu\": 1400}");
        daemon.start("--config-file", file.toString());
        String one = daemon.runSleeper("one");
        daemon.runSleeper("two");
        assertThat(pings(one, "172.17.0.1")).isTrue();
        assertThat(pings(one, "172.17.0.3")).isFalse();
        assertThat(hostSees("ip", "link", "show", "bailey0")).contains("mtu 1400");

        Files.writeString(file, "{\"icc\": true, \"mtu\": 1300}");
        daemon.reload();
        Await.until("the settings to be read", () -> daemon.log().contains("icc is now true"));
        // The one before has left an entry that is still failing among the neighbours.
        Await.until("one to reach two", () -> pings(one, "172.17.0.3"));
        assertThat(daemon.log()).contains("mtu is now 1300 (" + file + ":1), which takes effect at the next start");

        Files.writeString(file, "{\"icc\": 1}");
        daemon.reload();
        Await.until(
                "the settings to be refused", () -> daemon.log().contains("nothing taken over: " + file + ":1: icc"));
        Files.writeString(file, "{\"icc\": false}");
        daemon.stop();
        daemon.start("--config-file", file.toString());
        assertThat(pings(one, "172.17.0.3")).isFalse();
    }

    private boolean pings(String container, String address) {
        return inside(container, "ping", "-c1", "-W2", address).succeeded();
    }

    @Test
    void ipForwardAndIpMasq_false_leaveForwardingAndSourcesAlone() {
        assertThat(host.sysctl("net.ipv4.ip_forward")).isEqualTo("0");

        daemon.start("--ip-forward=false", "--ip-masq=false");

        assertThat(host.sysctl("net.ipv4.ip_forward")).isEqualTo("0");
        assertThat(daemon.log()).contains("net.ipv4.ip_forward is 0 and stays so");
        // A sandbox that reaches itself by a published port is another matter: that stays on the bridge.
        assertThat(hostSees("nft", "list", "ruleset")).doesNotContain("masquerade_bailey0", "172.17.0.0/16 : ");
    }

    @Test
    void validate_defaultsFile_isReadAndNothingStarted() throws IOException {
        Path defaults = Files.createDirectories(lab.directory().resolve("default"));
        Files.writeString(defaults.resolve("bailey"), "\nBAILEY_OPTS='--icc=false'\n");

        assertThat(daemon.validate(defaults).orThrow().output()).containsPattern("icc +false +/etc/default/bailey:2\n");
        assertThat(daemon.validate(defaults, "--icc").error())
                .isEqualTo(
                        "bailey: icc is set twice, by --icc on the command line and by --icc in /etc/default/bailey:2:"
                                + " set it in one place\n");
        assertThat(hostSees("ip", "link")).doesNotContain("bailey0");
    }
}
