package dev.bailey.engine.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.dns.DnsOverrides;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.lab.Await;
import dev.bailey.lab.DnsServer;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.junit.LabExtension;
import dev.bailey.linux.NetworkNamespace;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The resolvers as {@code dig} sees them from inside sandboxes, with dnsmasq as the host's server. */
@Tag("lab")
@Timeout(60)
@ExtendWith(LabExtension.class)
class NameServerLabTest {
    private static final String UPSTREAM = "192.0.2.53";
    private static final String SECOND = "192.0.2.54";
    private static final String MARK = "mark.example.test";

    private final Model model = new Model();
    private final Map<SandboxId, DnsOverrides> overrides = new ConcurrentHashMap<>();
    private Network front;
    private Lab lab;
    private LabHost host;
    private LabHost world;
    private LabHost web;
    private Sandbox webSandbox;
    private Endpoint webEndpoint;
    private Path resolvConf;
    private NameServer names;
    private DnsServer dnsmasq;

    @BeforeEach
    void build(Lab lab) throws IOException {
        this.lab = lab;
        host = lab.host("host");
        world = lab.host("world");
        web = lab.host("web");
        lab.link(host, "eth0", world, "eth0");
        host.address("eth0", "192.0.2.1/24");
        world.address("eth0", UPSTREAM + "/24").address("eth0", SECOND + "/24");
        dnsmasq = dnsmasq(world, UPSTREAM, "192.0.2.80");
        resolvConf = lab.directory().resolve("resolv.conf");
        servers(UPSTREAM);
        front = model.network("front", "10.1.0.0/24", false);
        webSandbox = model.sandbox(web);
        webEndpoint = model.join(webSandbox, front, 2, "www");
        start();
    }

    @AfterEach
    void stop() {
        names.close();
    }

    private void start() {
        names = host.call(() ->
                NameServer.start(model::snapshot, id -> overrides.getOrDefault(id, DnsOverrides.NONE), resolvConf));
        model.snapshot()
                .sandboxes()
                .forEach(sandbox -> names.follow(sandbox.id()).join());
    }

    private void servers(String... addresses) throws IOException {
        StringBuilder text = new StringBuilder("search example.test\n");
        for (String address : addresses) {
            text.append("nameserver ").append(address).append('\n');
        }
        Files.writeString(resolvConf, text);
    }

    private static DnsServer dnsmasq(LabHost at, String address, String answer) {
        String text = "x".repeat(200) + "," + "y".repeat(200) + "," + "z".repeat(200);
        return at.dns(
                address,
                Map.of(MARK, answer, "www.example.test", answer),
                "--local-ttl=60",
                "--txt-record=long.example.test," + text);
    }

    private List<String> asked() {
        return dnsmasq.queries().stream()
                .map(query -> query.type() + " " + query.name())
                .toList();
    }

    private static String dig(LabHost from, String... words) {
        List<String> command = new ArrayList<>(List.of("dig", "@127.0.0.11", "+time=6", "+tries=1"));
        command.addAll(Arrays.asList(words));
        return from.command(command.toArray(String[]::new)).execute().output();
    }

    private static List<String> answers(LabHost from, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("+short");
        return dig(from, all.toArray(String[]::new)).lines().sorted().toList();
    }

    private static String status(LabHost from, String... words) {
        return dig(from, words).replaceFirst("(?s).*status: ([A-Z]+),.*", "$1");
    }

    /** Behind everything asked before: what is on its way to the server arrives first. */
    private void assertAsked(String... questions) {
        assertThat(answers(web, MARK)).hasSize(1);
        List<String> expected = new ArrayList<>(List.of(questions));
        expected.add("A " + MARK);
        assertThat(asked()).isEqualTo(expected);
    }

    @Test
    void names_ofTheOwnNetworks_resolveByUdpAndTcp() {
        Sandbox db = model.sandbox("db", Path.of("/nonexistent"), 1);
        model.join(db, front, 3, "store", "www");

        assertThat(answers(web, "db")).containsExactly("10.1.0.3");
        assertThat(answers(web, "DB", "+tcp")).containsExactly("10.1.0.3");
        assertThat(answers(web, "store.front")).containsExactly("10.1.0.3");
        assertThat(answers(web, db.id().shortForm())).containsExactly("10.1.0.3");
        assertThat(answers(web, "www")).containsExactly("10.1.0.2", "10.1.0.3");
        assertThat(answers(web, "db", "AAAA")).isEmpty();
        assertThat(status(web, "db", "AAAA")).isEqualTo("NOERROR");
        assertThat(answers(web, "-x", "10.1.0.3")).containsExactly("db.front.");
        assertThat(answers(web, "_80._tcp.db", "SRV")).containsExactly("0 0 80 db.");
        assertThat(answers(web, "localhost")).containsExactly("127.0.0.1");
        assertThat(status(web, "db", "-c", "CH")).isEqualTo("REFUSED");
        assertAsked();
    }

    @Test
    void names_unknownOnes_areNotToldToAnybody() {
        assertThat(status(web, "gone")).isEqualTo("NXDOMAIN");
        assertThat(status(web, "gone", "TXT")).isEqualTo("NXDOMAIN");
        assertThat(status(web, "-x", "10.1.0.9")).isEqualTo("NXDOMAIN");
        assertThat(status(web, "-x", "10.1.0.1", "+tcp")).isEqualTo("NXDOMAIN");
        assertAsked();
    }

    @Test
    void otherNames_areAskedOnceAndRemembered() {
        assertThat(answers(web, "www.example.test")).containsExactly("192.0.2.80");
        assertThat(answers(web, "WWW.example.test")).containsExactly("192.0.2.80");
        assertThat(answers(web, "www.example.test", "+tcp")).containsExactly("192.0.2.80");
        assertThat(status(web, "none.example.test")).isEqualTo("NXDOMAIN");
        assertAsked("A www.example.test", "A none.example.test");
    }

    @Test
    void internalNetwork_nothingLeaves() {
        Network back = model.network("back", "10.2.0.0/24", true);
        LabHost inner = lab.host("inner");
        Sandbox sandbox = model.sandbox(inner);
        model.join(sandbox, back, 2);
        names.follow(sandbox.id()).join();

        assertThat(answers(inner, "inner")).containsExactly("10.2.0.2");
        assertThat(status(inner, "www.example.test")).isEqualTo("NXDOMAIN");
        assertThat(status(inner, "www.example.test", "+tcp")).isEqualTo("NXDOMAIN");
        assertThat(status(inner, "web")).isEqualTo("NXDOMAIN");
        assertThat(status(inner, "-x", "192.0.2.80")).isEqualTo("NXDOMAIN");
        assertAsked();
    }

    @Test
    void longAnswers_areCutByUdpAndWholeByTcp() {
        for (int i = 0; i < 100; i++) {
            model.join(model.sandbox("m" + i, Path.of("/nonexistent"), i + 10), front, i + 10, "many");
        }
        assertThat(dig(web, "many", "+noedns", "+ignore")).contains("flags: qr tc rd ra");
        assertThat(answers(web, "many", "+noedns")).hasSize(100);
        assertThat(answers(web, "many", "+bufsize=4096", "+ignore")).hasSize(100);

        assertThat(dig(web, "long.example.test", "TXT", "+noedns", "+ignore")).contains("flags: qr tc rd ra");
        assertThat(answers(web, "long.example.test", "TXT", "+noedns")).hasSize(1);
        assertThat(answers(web, "long.example.test", "TXT", "+bufsize=1232", "+ignore"))
                .hasSize(1);
    }

    @Test
    void servers_thatAreSilentOrRefuse_holdNobodyUpForLong() throws IOException {
        servers(SECOND, UPSTREAM);
        assertThat(answers(web, "www.example.test")).containsExactly("192.0.2.80");

        try (LabProcess silent = world.command(
                        "socat", "-d", "-d", "-u", "UDP-RECV:53,bind=" + SECOND, "OPEN:/dev/null")
                .start(process -> process.printed("starting data transfer loop"))) {
            long before = System.nanoTime();
            assertThat(answers(web, MARK)).containsExactly("192.0.2.80");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            servers(SECOND);
            Await.until(
                    "the file is read again",
                    () -> status(web, "none.example.test").equals("SERVFAIL"));
            assertThat(silent.isAlive()).isTrue();
        }
    }

    @Test
    void servers_ofTheHost_followItsFile() throws IOException {
        try (DnsServer other = dnsmasq(world, SECOND, "192.0.2.81")) {
            assertThat(answers(web, "www.example.test")).containsExactly("192.0.2.80");
            servers(SECOND);
            Await.until(
                    "the other server's answer",
                    () -> answers(web, "www.example.test").equals(List.of("192.0.2.81")));
            assertThat(other.queries()).isNotEmpty();
        }
    }

    @Test
    void servers_namedForOneSandbox_areAskedFromInsideIt() {
        LabHost own = lab.host("own");
        Sandbox sandbox = model.sandbox(own);
        model.join(sandbox, front, 7);
        overrides.put(sandbox.id(), new DnsOverrides(List.of("127.0.0.1"), List.of(), List.of()));
        names.follow(sandbox.id()).join();
        try (DnsServer inside = dnsmasq(own, "127.0.0.1", "192.0.2.99")) {
            assertThat(answers(own, "www.example.test")).containsExactly("192.0.2.99");
            assertThat(answers(own, "long.example.test", "TXT", "+noedns")).hasSize(1);
            assertThat(answers(own, "web")).containsExactly("10.1.0.2");
            assertThat(inside.queries()).isNotEmpty();
        }
        assertAsked();
    }

    @Test
    void clients_thatSendHalfAQuery_holdNobodyUp() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            Socket connection = web.call(() -> new Socket("127.0.0.11", 53));
            connection.getOutputStream().write(0);
            slow.add(connection);
        }
        assertThat(answers(web, "www", "+tcp")).containsExactly("10.1.0.2");
        for (Socket connection : slow) {
            connection.setSoLinger(true, 0);
            connection.close();
        }
        assertThat(answers(web, "www", "+tcp")).containsExactly("10.1.0.2");
    }

    @Test
    void restart_namesAreBackWithoutAChangeInTheSandbox() {
        names.close();
        assertThat(web.command("dig", "@127.0.0.11", "+time=1", "+tries=1", "www")
                        .execute()
                        .succeeded())
                .isFalse();
        long before = System.nanoTime();
        start();
        assertThat(answers(web, "www")).containsExactly("10.1.0.2");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void leaving_theLastNetwork_closesEverySocketInTheNamespace() throws Exception {
        Path path = lab.directory().resolve("gone");
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            namespace.bindTo(path);
            host.exec("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", path.toString())
                    .orThrow();
            host.exec("nsenter", "--net=" + path, "ip", "link", "set", "lo", "up")
                    .orThrow();
            Sandbox sandbox = model.sandbox("gone", path, namespace.inode());
            Endpoint endpoint = model.join(sandbox, front, 9);
            names.follow(sandbox.id()).join();
            host.exec("nsenter", "--net=" + path, "dig", "@127.0.0.11", "+tcp", "www")
                    .orThrow();
            model.leave(endpoint);
            names.follow(sandbox.id()).join();
        }
        NetworkNamespace.unbind(path);
        Await.until(
                "the namespace is gone, and the link with it",
                () -> !host.command("ip", "link", "show", "v0").execute().succeeded());
    }

    @Test
    void leaving_andComing_theResolverDoesAsWell() {
        model.leave(webEndpoint);
        names.follow(webSandbox.id()).join();
        assertThat(web.exec("ss", "-Hlnut").output()).isEmpty();
        model.join(webSandbox, front, 2, "www");
        names.follow(webSandbox.id()).join();
        assertThat(web.exec("ss", "-Hlnut").output().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("127.0.0.11:53"));
    }
}
