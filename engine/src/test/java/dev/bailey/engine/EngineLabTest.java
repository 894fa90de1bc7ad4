package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.InterfaceSettings;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.lab.Await;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on the real kernel, in a namespace that plays the host. */
@Tag("lab")
class EngineLabTest {
    @TempDir
    Path folder;

    private NetworkNamespace host;
    private Engine engine;
    private Path blue;

    @BeforeEach
    void start() throws IOException {
        host = NetworkNamespace.create();
        engine = startEngine();
        blue = folder.resolve("blue");
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            namespace.bindTo(blue);
        }
    }

    @AfterEach
    void stop() throws IOException {
        engine.snapshot().sandboxes().forEach(sandbox -> engine.removeSandbox(sandbox.id()));
        engine.close();
        NetworkNamespace.unbind(blue);
        // Folders that namespaces are bound in are mounts of their own, as /run/netns is; the inner one goes first.
        run(List.of("umount", "--lazy", folder.resolve("exec/netns").toString()));
        run(List.of("umount", "--lazy", folder.toString()));
        host.close();
    }

    private Engine startEngine() throws LinuxException {
        Task<Engine, RuntimeException> start =
                () -> Engine.start(EngineOptions.of(folder.resolve("data"), folder.resolve("exec")));
        return host.call(start);
    }

    @Test
    void attach_foreignNamespace_hasAddressGatewayAndNoIpv6() {
        Endpoint endpoint = engine.attach(AttachRequest.of(new SandboxTarget.Foreign(blue, "")));

        Network network = engine.snapshot().defaultNetwork().orElseThrow();
        assertThat(network.ipv4().orElseThrow().bridgeAddress()).hasToString("172.17.0.1/16");
        assertThat(endpoint.ipv4().orElseThrow().address()).hasToString("172.17.0.2/16");
        assertThat(in(blue, "ip", "-j", "addr", "show", "eth0"))
                .contains("\"local\":\"172.17.0.2\"", "\"prefixlen\":16")
                .doesNotContain("inet6");
        assertThat(in(blue, "ip", "-j", "route")).contains("\"dst\":\"default\",\"gateway\":\"172.17.0.1\"");
        assertThat(in(blue, "ping", "-c1", "-W2", "172.17.0.1")).contains(" 0% packet loss");
        assertThat(onHost("bridge", "link")).contains("master bailey0");
    }

    private AttachRequest withSettings(String... words) {
        return new AttachRequest(
                new SandboxTarget.Foreign(blue, ""),
                Network.DEFAULT_NAME,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new InterfaceName("lan.7")),
                Optional.empty(),
                List.of(),
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                RateLimits.NONE,
                Egress.NONE,
                InterfaceSettings.parse(List.of(words)));
    }

    /** "accept_ra" is among those that the engine sets by itself: what was asked for counts. */
    @Test
    void attach_interfaceWithANameAndSettings_hasThem_andAgainWhenItIsMadeAnew() {
        Endpoint endpoint =
                engine.attach(withSettings("net.ipv4.conf.IFNAME.log_martians=1", "net.ipv6.conf.IFNAME.accept_ra=2"));
        String read = "cd /proc/sys/net && cat ipv4/conf/lan.7/log_martians ipv6/conf/lan.7/accept_ra || true";
        assertThat(in(blue, "sh", "-c", read)).isEqualTo("1\n2\n");

        onHost("ip", "link", "del", endpoint.hostEnd().value());

        Await.until(
                "the settings of the link that was made anew",
                () -> in(blue, "sh", "-c", read).equals("1\n2\n"));
    }

    @Test
    void attach_settingThatTheKernelHasNot_isNamed_andNothingIsLeft() {
        assertThatThrownBy(() -> engine.attach(withSettings("net.ipv4.conf.IFNAME.no_such_thing=1")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("net/ipv4/conf/lan.7/no_such_thing")
                .hasMessageContaining("ENOENT");
        assertThat(onHost("ip", "-j", "link")).doesNotContain("veth");
        assertThat(engine.snapshot().endpoints()).isEmpty();
    }

    @Test
    void attach_callerInAnotherNamespace_staysThere() throws LinuxException {
        long before = NetworkNamespace.inodeOfCurrentThread();

        Endpoint endpoint = engine.attach(AttachRequest.of(new SandboxTarget.Foreign(blue, "")));
        engine.detach(endpoint.id());

        assertThat(NetworkNamespace.inodeOfCurrentThread()).isEqualTo(before);
    }

    @Test
    void attach_callerOfTheHost_staysThere() throws LinuxException {
        Task<Boolean, LinuxException> attach = () -> {
            Endpoint endpoint = engine.attach(AttachRequest.of(new SandboxTarget.Foreign(blue, "")));
            engine.detach(endpoint.id());
            return NetworkNamespace.inodeOfCurrentThread() == host.inode();
        };

        assertThat(host.<Boolean, LinuxException>call(attach)).isTrue();
    }

    @Test
    void attach_hostEnd_hasNoAddressOfItsOwn() {
        engine.attach(AttachRequest.of(new SandboxTarget.Foreign(blue, "")));

        assertThat(in(blue, "ping", "-c1", "-W2", "172.17.0.1")).contains(" 0% packet loss");
        assertThat(onHost("ip", "-j", "-d", "link")).contains("\"inet6_addr_gen_mode\":\"none\"");
        assertThat(onHost("ip", "-o", "addr")).doesNotContain("veth");
    }

    @Test
    void attach_interfaceCalledAsLoopback_isRefused() {
        AttachRequest request = new AttachRequest(
                new SandboxTarget.Foreign(blue, ""), Network.DEFAULT_NAME, Optional.empty(), new InterfaceName("lo"));
        assertThatThrownBy(() -> engine.attach(request))
                .hasMessage("an interface cannot be called lo, which is the loopback interface: choose another name");
    }

    @Test
    void attach_sameNamespaceAgain_isRefusedByName() {
        engine.attach(AttachRequest.of(new SandboxTarget.Foreign(blue, "")));

        assertThatThrownBy(() -> engine.attach(AttachRequest.of(new SandboxTarget.Foreign(blue, ""))))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessageContaining("sandbox blue has an interface eth0 already");
    }

    @Test
    void detach_leavesNothing() {
        Endpoint endpoint = engine.attach(AttachRequest.of(new SandboxTarget.Foreign(blue, "")));

        engine.detach(endpoint.id());

        assertThat(in(blue, "ip", "-j", "link")).doesNotContain("eth0");
        assertThat(onHost("ip", "-j", "link")).doesNotContain("veth");
        assertThat(engine.snapshot().sandboxes()).isEmpty();
        assertThatThrownBy(() -> engine.detach(endpoint.id())).hasMessageContaining("there is no endpoint");
    }

    @Test
    void rules_asNftReadsThem_maskTheSubnetAndCloseTheBridge() {
        assertThat(onHost("nft", "list", "table", "inet", "bailey"))
                .contains(
                        "masquerade",
                        "172.17.0.0/16",
                        "ct state established,related accept",
                        "iifname vmap @forward_from",
                        "oifname vmap @forward_to");
        assertThat(onHost("nft", "list", "tables")).contains("table inet bailey-user");
    }

    @Test
    void restart_touchesNoRuleAndKeepsTheEndpoint() throws IOException {
        Endpoint endpoint = engine.attach(AttachRequest.of(new SandboxTarget.Foreign(blue, "")));
        String rules = onHost("nft", "-a", "list", "ruleset");
        String links = onHost("ip", "-j", "link");

        engine.close();
        engine = startEngine();

        assertThat(onHost("nft", "-a", "list", "ruleset")).isEqualTo(rules);
        assertThat(onHost("ip", "-j", "link")).isEqualTo(links);
        assertThat(engine.snapshot().endpoints()).containsExactly(endpoint);
    }

    @Test
    void ownedSandbox_comesAndGoesWithItsNamespace() {
        SandboxId id = SandboxId.random();
        Sandbox sandbox = engine.createSandbox(id, "web");
        engine.attach(AttachRequest.of(new SandboxTarget.Existing(id)));
        assertThat(in(sandbox.netns(), "ping", "-c1", "-W2", "172.17.0.1")).contains(" 0% packet loss");

        engine.removeSandbox(id);

        assertThat(sandbox.netns()).doesNotExist();
        assertThat(onHost("ip", "-j", "link")).doesNotContain("veth");
    }

    @Test
    void forwarding_isOnAfterStart() {
        assertThat(onHost("cat", "/proc/sys/net/ipv4/ip_forward")).isEqualTo("1\n");
    }

    private String onHost(String... command) {
        return in(host, command);
    }

    private static String in(Path netns, String... command) {
        try (NetworkNamespace namespace = NetworkNamespace.open(netns)) {
            return in(namespace, command);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String in(NetworkNamespace namespace, String... command) {
        try {
            Task<String, IOException> task = () -> run(List.of(command));
            return namespace.call(task);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        return text;
    }
}
