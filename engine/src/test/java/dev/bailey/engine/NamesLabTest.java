package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.dns.DnsOverrides;
import dev.bailey.engine.dns.server.NameServer;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.PortRequest;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Subnet;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Resolvers that come and go with the endpoints of a running engine. */
@Tag("lab")
@Timeout(60)
@ExtendWith(LabExtension.class)
class NamesLabTest {
    private LabHost host;
    private Path resolvConf;
    private Engine engine;
    private NameServer names;

    @BeforeEach
    void build(Lab lab) throws IOException {
        host = lab.host("host").address("lo", "192.0.2.1/32");
        resolvConf = Files.createFile(lab.directory().resolve("resolv.conf"));
        start();
    }

    private void start() {
        Path folder = host.lab().directory();
        engine = host.call(() -> Engine.start(EngineOptions.of(folder.resolve("data"), folder.resolve("exec"))));
        names = host.call(() -> NameServer.start(engine::snapshot, id -> DnsOverrides.NONE, resolvConf));
        engine.serveNames(names).join();
    }

    private void close() {
        names.close();
        engine.close();
    }

    @AfterEach
    void stop() {
        engine.snapshot().sandboxes().forEach(sandbox -> engine.removeSandbox(sandbox.id()));
        engine.snapshot().networks().stream()
                .filter(network ->
                        network.name().equals("front") || network.name().equals("back"))
                .forEach(network -> engine.removeNetwork(network.id()));
        close();
    }

    private Sandbox sandbox(String name) {
        return engine.createSandbox(SandboxId.random(), name);
    }

    private Endpoint join(Sandbox sandbox, String network) {
        return engine.attach(new AttachRequest(
                new SandboxTarget.Existing(sandbox.id()), network, Optional.empty(), AttachRequest.DEFAULT_INTERFACE));
    }

    private String inside(Sandbox sandbox, String... words) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--net=" + sandbox.netns()));
        command.addAll(List.of(words));
        return host.command(command.toArray(String[]::new)).execute().output().strip();
    }

    private String dig(Sandbox sandbox, String... words) {
        List<String> command = new ArrayList<>(List.of("dig", "@127.0.0.11", "+short", "+time=2", "+tries=1"));
        command.addAll(List.of(words));
        return inside(sandbox, command.toArray(String[]::new));
    }

    private static String address(Endpoint endpoint) {
        return endpoint.ipv4().orElseThrow().address().address().toString();
    }

    @Test
    void attach_whenItReturns_namesResolve_andNotOnTheDefaultNetwork() {
        engine.createNetwork(NetworkRequest.of("front"));
        Sandbox web = sandbox("web");
        Sandbox db = sandbox("db");
        Endpoint webFront = join(web, "front");
        assertThat(dig(web, "web")).isEqualTo(address(webFront));
        Endpoint dbFront = join(db, "front");
        assertThat(dig(web, "db.front")).isEqualTo(address(dbFront));
        assertThat(dig(db, "web", "+tcp")).isEqualTo(address(webFront));
        assertThat(dig(db, "-x", address(webFront))).isEqualTo("web.front.");

        Sandbox old = sandbox("old");
        join(old, "bridge");
        assertThat(inside(old, "ss", "-Hlnut")).isEmpty();
        assertThat(dig(web, "old")).isEmpty();
    }

    /** A question for IPv4 has an answer with nothing in it, not an error that makes a client look elsewhere. */
    @Test
    void networkWithoutIpv4_namesHaveIpv6AddressesAlone() {
        engine.createNetwork(NetworkRequest.of("front").with(Ipv6Request.ANY).withoutIpv4());
        Sandbox web = sandbox("web");
        Sandbox db = sandbox("db");
        join(web, "front");
        String address =
                join(db, "front").ipv6().orElseThrow().address().address().toString();
        assertThat(dig(web, "db", "AAAA")).isEqualTo(address);
        assertThat(dig(web, "db", "ANY", "+tcp")).isEqualTo(address);
        assertThat(dig(web, "-x", address)).isEqualTo("db.front.");
        assertThat(dig(web, "db", "A")).isEmpty();
        assertThat(inside(web, "dig", "@127.0.0.11", "+time=2", "+tries=1", "db", "A"))
                .contains("status: NOERROR", "ANSWER: 0");
    }

    @Test
    void detach_whenItReturns_nothingOfOursIsInTheNamespace() {
        engine.createNetwork(NetworkRequest.of("front"));
        Sandbox web = sandbox("web");
        Endpoint endpoint = join(web, "front");
        assertThat(inside(web, "ss", "-Hlnut").lines()).hasSize(2);
        try (LabProcess client = host.command(
                        "nsenter", "--net=" + web.netns(), "socat", "-d", "-d", "-u", "TCP:127.0.0.11:53", "STDOUT")
                .start(process -> process.printed("starting data transfer loop"))) {
            engine.detach(endpoint.id());
            assertThat(inside(web, "ss", "-Hanut")).isEmpty();
            Await.until("the client is let go", () -> !client.isAlive());
        }
    }

    @Test
    void names_whileTheWriterIsBusy_resolve() throws Exception {
        engine.createNetwork(NetworkRequest.of("front"));
        Sandbox web = sandbox("web");
        Endpoint endpoint = join(web, "front");
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        CompletableFuture<Endpoint> other;
        try (var subscription = engine.subscribe(event -> hold(busy, free))) {
            Sandbox db = sandbox("db");
            other = CompletableFuture.supplyAsync(() -> join(db, "front"));
            busy.await();
            assertThat(dig(web, "web")).isEqualTo(address(endpoint));
            assertThat(dig(web, "db")).isNotEmpty();
            free.countDown();
            assertThat(dig(web, "db")).isEqualTo(address(other.join()));
        }
    }

    private static void hold(CountDownLatch busy, CountDownLatch free) {
        busy.countDown();
        try {
            free.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void restart_whenItIsDone_namesResolveAgain() {
        engine.createNetwork(NetworkRequest.of("front"));
        Sandbox web = sandbox("web");
        Endpoint endpoint = join(web, "front");
        close();
        assertThat(inside(web, "ss", "-Hlnut")).isEmpty();
        start();
        assertThat(dig(web, "web")).isEqualTo(address(endpoint));
    }

    @Test
    void dnsServerOfTheContainer_thatPublishesItsPort_servesBesideTheResolver() {
        engine.createNetwork(NetworkRequest.of("front"));
        Sandbox server = sandbox("server");
        Endpoint endpoint = engine.attach(new AttachRequest(
                        new SandboxTarget.Existing(server.id()),
                        "front",
                        Optional.empty(),
                        AttachRequest.DEFAULT_INTERFACE)
                .withPorts(List.of(PortRequest.parse("5353:53/tcp"), PortRequest.parse("5353:53/udp"))));
        try (LabProcess dnsmasq = host.command(
                        "nsenter",
                        "--net=" + server.netns(),
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--pid-file",
                        "--user=root",
                        "--no-hosts",
                        "--no-resolv",
                        "--log-facility=-",
                        "--host-record=own.example.test,192.0.2.7")
                .start(process -> process.printed("started, version"))) {
            assertThat(dig(server, "server")).isEqualTo(address(endpoint));
            assertThat(inside(server, "dig", "@" + address(endpoint), "+short", "+tcp", "own.example.test"))
                    .isEqualTo("192.0.2.7");
            assertThat(dnsmasq.isAlive()).isTrue();
        }
    }

    @Test
    void internalNetwork_otherNamesDoNotExist() {
        engine.createNetwork(NetworkRequest.of("back")
                .withSubnet(Subnet.parse("10.9.0.0/24"))
                .with(new NetworkOptions(true, true, true)));
        Sandbox web = sandbox("web");
        Endpoint endpoint = join(web, "back");
        assertThat(dig(web, "web.back")).isEqualTo(address(endpoint));
        assertThat(inside(web, "dig", "@127.0.0.11", "www.example.test")).contains("status: NXDOMAIN");
    }

    @Test
    void namespaceOfOthers_isFoundByNameAndKeptAliveByNobody(Lab lab) {
        engine.createNetwork(NetworkRequest.of("front"));
        Sandbox web = sandbox("web");
        join(web, "front");
        LabHost blue = lab.host("blue");
        Endpoint endpoint = engine.attach(new AttachRequest(
                new SandboxTarget.Foreign(blue.path(), "blue"),
                "front",
                Optional.empty(),
                AttachRequest.DEFAULT_INTERFACE));
        assertThat(dig(web, "blue")).isEqualTo(address(endpoint));
        assertThat(blue.exec("ss", "-Hanut").output()).isEmpty();
    }
}
