package dev.bailey.engine;

import static dev.bailey.engine.Frames.EVERYBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.Subnet;
import dev.bailey.lab.Capture;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody with CAP_NET_RAW and CAP_NET_ADMIN in a sandbox can do to the others: real frames, byte by byte. */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class GuardLabTest {
    private static final Ipv4Address GATEWAY = Ipv4Address.parse("172.17.0.1");
    private static final MacAddress GATEWAY_MAC = MacAddress.derivedFrom(GATEWAY);
    private static final String TABLE = "nft list table bridge bailey";

    private LabHost host;
    private IptablesHost on;
    private LabHost mallory;
    private LabHost victim;
    private Endpoint bad;
    private Endpoint good;

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = lab.host("host");
        IptablesHost.wire(host, lab.host("internet"));
        on = new IptablesHost(host, lab.directory(), FirewallBackend.NFTABLES, "nft");
        mallory = on.sandbox("mallory");
        victim = on.sandbox("victim");
        bad = endpoint("mallory");
        good = endpoint("victim");
    }

    @AfterEach
    void stop() {
        on.engine.snapshot().sandboxes().forEach(sandbox -> on.engine.removeSandbox(sandbox.id()));
        on.engine.snapshot().networks().stream()
                .filter(network -> !network.isDefault())
                .forEach(network -> on.engine.removeNetwork(network.id()));
        assertThat(print("nft", "list", "ruleset")).doesNotContain("veth");
        on.close();
    }

    private Endpoint endpoint(String sandbox) {
        return on.engine.snapshot().endpoints().stream()
                .filter(each -> on.engine
                        .snapshot()
                        .sandbox(each.sandbox())
                        .orElseThrow()
                        .name()
                        .equals(sandbox))
                .findFirst()
                .orElseThrow();
    }

    private String print(String... command) {
        return host.exec(command).output();
    }

    private static Ipv4Address ip(Endpoint endpoint) {
        return endpoint.ipv4().orElseThrow().address().address();
    }

    /** What nobody may send, from mallory. */
    private List<byte[]> forged() {
        MacAddress own = bad.mac();
        return List.of(
                Frames.arp(own, own, GATEWAY, ip(good)),
                Frames.arp(own, own, ip(good), GATEWAY),
                Frames.arp(own, good.mac(), ip(bad), ip(good)),
                Frames.arp(good.mac(), own, ip(bad), ip(good)),
                Frames.arp(GATEWAY_MAC, GATEWAY_MAC, GATEWAY, ip(good)),
                Frames.udp(good.mac(), own, GATEWAY, ip(good)),
                Frames.udp(good.mac(), own, Ipv4Address.parse("8.8.8.8"), ip(good)),
                Frames.udp(good.mac(), GATEWAY_MAC, ip(bad), ip(good)),
                Frames.udp(EVERYBODY, good.mac(), ip(good), ip(good)),
                Frames.tagged(EVERYBODY, own, ip(bad), ip(good)),
                Frames.routerAdvertisement(own, Ipv6Address.parse("fe80::1")),
                Frames.ethernet(EVERYBODY, own, 0x88b5, new byte[46]));
    }

    /** Sends frames and a sound one behind them, and returns what came of the others at the victim and at the host. */
    private List<String> arrived(List<byte[]> frames) {
        try (Capture atVictim = victim.capture("eth0", "");
                Capture atHost = host.capture("bailey0", "")) {
            frames.forEach(frame -> Frames.send(mallory, frame));
            Frames.send(mallory, Frames.arp(bad.mac(), bad.mac(), ip(bad), Ipv4Address.parse("172.17.99.99")));
            String last = "172.17.0.2 is-at " + bad.mac();
            atVictim.awaitPacket(bad.mac() + " > " + EVERYBODY + ", ethertype ARP (0x0806), length 60: Reply " + last);
            atHost.awaitPacket(bad.mac() + " > " + EVERYBODY + ", ethertype ARP (0x0806), length 60: Reply " + last);
            return Stream.concat(atVictim.packets().stream(), atHost.packets().stream())
                    .filter(packet -> !packet.startsWith(bad.mac() + " >") || !packet.contains(last))
                    .filter(packet -> !isOfTheHost(packet))
                    .toList();
        }
    }

    /** The bridge looks for neighbours, and has IPv6 of its own. */
    private static boolean isOfTheHost(String packet) {
        return packet.startsWith(GATEWAY_MAC + " >") && (packet.contains("IPv6") || packet.contains("who-has"));
    }

    @Test
    void forgedFrames_reachNobody_withEitherBackendAndAfterARestart() {
        assertThat(arrived(forged())).isEmpty();
        assertThat(print("ip", "-6", "route", "show", "default")).isEmpty();

        on.restart(FirewallBackend.IPTABLES);
        assertThat(arrived(forged())).isEmpty();

        on.engine.close();
        print("nft", "flush", "ruleset");
        assertThat(print("nft", "list", "ruleset")).doesNotContain("senders");
        on.engine = on.start(FirewallBackend.NFTABLES);
        assertThat(arrived(forged())).isEmpty();
    }

    @Test
    void guardOff_theSameFramesArrive() {
        on.engine.changeDefaultNetwork(NetworkOptions.DEFAULT.withGuarded(false));
        assertThat(arrived(forged())).hasSizeGreaterThan(10);

        on.engine.changeDefaultNetwork(NetworkOptions.DEFAULT);
        assertThat(arrived(forged())).isEmpty();
    }

    @Test
    void restart_touchesNeitherRulesNorCounters() {
        Frames.send(mallory, Frames.arp(bad.mac(), bad.mac(), GATEWAY, ip(good)));
        String before = print("sh", "-c", "nft -a list table bridge bailey | grep -v 'table bridge'");
        assertThat(before).contains("packets 1", "\"" + bad.hostEnd() + "\" . " + bad.mac() + " . 172.17.0.2");

        on.restart(FirewallBackend.NFTABLES);

        assertThat(print("sh", "-c", "nft -a list table bridge bailey | grep -v 'table bridge'"))
                .isEqualTo(before);
    }

    @Test
    void othersCannotTouchTheTable() {
        print("nft", "flush", "ruleset");
        assertThat(host.command("sh", "-c", "nft delete table bridge bailey")
                        .execute()
                        .exitCode())
                .isNotZero();
        assertThat(arrived(forged())).isEmpty();
    }

    @Test
    void gatewaysAddressesAreTaken_othersDoNotNotice() {
        mallory.exec("ip", "addr", "add", "172.17.0.1/16", "dev", "eth0");
        mallory.exec("ip", "link", "set", "eth0", "address", GATEWAY_MAC.toString());
        Frames.send(mallory, Frames.arp(GATEWAY_MAC, GATEWAY_MAC, GATEWAY, GATEWAY));
        mallory.command("ping", "-c1", "-W1", "172.17.0.3").execute();

        assertThat(victim.exec("ping", "-c1", "-W2", "198.51.100.1").output()).contains(" 0% packet loss");
        assertThat(print("bridge", "fdb", "show", "br", "bailey0"))
                .contains(good.mac() + " dev " + good.hostEnd())
                .doesNotContain(GATEWAY_MAC + " dev " + bad.hostEnd());
        assertThat(victim.exec("ip", "neigh", "show", "172.17.0.1").output()).contains(GATEWAY_MAC.toString());
    }

    /** Frames to the groups of bridges pass no rule on their way, or another hook: no address is learnt from them. */
    @Test
    void framesForTheBridgeItself_moveNobodysAddress() {
        victim.exec("ping", "-c1", "-W2", "172.17.0.1");
        for (long group : new long[] {0x0180_c200_0000L, 0x0180_c200_0003L, 0x0180_c200_000eL}) {
            Frames.send(mallory, Frames.ethernet(new MacAddress(group), good.mac(), 0x88cc, new byte[46]));
        }
        assertThat(print("bridge", "fdb", "show", "br", "bailey0"))
                .contains(good.mac() + " dev " + good.hostEnd())
                .doesNotContain(good.mac() + " dev " + bad.hostEnd());
    }

    @Test
    void isolatedPorts_withoutAGuard_exchangeNoFrameOfAnyKind() {
        on.engine.createNetwork(NetworkRequest.of("apart")
                .withSubnet(Subnet.parse("10.9.0.0/24"))
                .with(new NetworkOptions(true, false, false).withGuarded(false)));
        on.engine.removeSandbox(bad.sandbox());
        on.engine.removeSandbox(good.sandbox());
        Endpoint from =
                on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(mallory.path(), "mallory"), "apart"));
        Endpoint to = on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(victim.path(), "victim"), "apart"));
        try (Capture atVictim = victim.capture("eth0", "");
                Capture atHost = host.capture(from.hostEnd().value(), "")) {
            Frames.send(mallory, Frames.ethernet(EVERYBODY, from.mac(), 0x88b5, new byte[46]));
            Frames.send(mallory, Frames.ethernet(to.mac(), from.mac(), 0x88b6, new byte[46]));
            Frames.send(mallory, Frames.arp(from.mac(), from.mac(), ip(from), ip(to)));
            Frames.send(mallory, Frames.udp(to.mac(), from.mac(), ip(from), ip(to)));
            atHost.awaitPacket(ip(from) + ".9999 > ");
            host.exec("ping", "-c1", "-W2", ip(to).toString());
            atVictim.awaitPacket("ICMP echo request");
            assertThat(atVictim.packets()).noneMatch(packet -> packet.startsWith(from.mac() + " >"));
        }
    }

    @Test
    void dualStack_routersAndNeighboursCannotBeMadeUp() {
        on.engine.createNetwork(
                NetworkRequest.of("six").with(Ipv6Request.of(Optional.of(Ipv6Subnet.parse("fd00:9::/64")))));
        on.engine.removeSandbox(bad.sandbox());
        on.engine.removeSandbox(good.sandbox());
        Endpoint from = on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(mallory.path(), "mallory"), "six"));
        on.engine.attach(AttachRequest.of(new SandboxTarget.Foreign(victim.path(), "victim"), "six"));
        MacAddress own = from.mac();
        Ipv6Address address = from.ipv6().orElseThrow().address().address();
        Ipv6Address link = Ipv6Address.parse(
                mallory.exec("sh", "-c", "ip -6 -o addr show dev eth0 scope link | grep -o 'fe80::[0-9a-f:]*'")
                        .output()
                        .strip());
        Ipv6Address gateway = Ipv6Address.parse("fd00:9::1");
        assertThat(victim.exec("ping", "-6", "-c1", "-W2", gateway.toString()).output())
                .contains(" 0% packet loss");
        assertThat(mallory.exec("ping", "-6", "-c1", "-W2", "fd00:9::3").output())
                .contains(" 0% packet loss");

        try (Capture atVictim = victim.capture("eth0", "icmp6 and ether src " + own)) {
            Frames.send(mallory, Frames.routerAdvertisement(own, link));
            Frames.send(mallory, Frames.redirect(own, link, gateway));
            Frames.send(mallory, Frames.neighbourAdvertisement(own, address, gateway, false));
            Frames.send(mallory, Frames.neighbourAdvertisement(own, address, gateway, true));
            Frames.send(mallory, Frames.neighbourAdvertisement(own, gateway, gateway, false));
            Frames.send(mallory, Frames.neighbourAdvertisement(own, address, address, false));
            atVictim.awaitPacket("neighbor advertisement, tgt is " + address);
            assertThat(atVictim.packets())
                    .noneMatch(packet -> packet.contains("router advertisement") || packet.contains("redirect"))
                    .noneMatch(packet -> packet.contains("tgt is " + gateway + ","));
        }
        assertThat(victim.exec("ip", "-6", "neigh", "show", gateway.toString()).output())
                .doesNotContain(own.toString());
        assertThat(victim.exec("ip", "-6", "route", "show", "default").output()).doesNotContain("fe80");
    }

    @Test
    void sandboxesAreGone_noElementStays() {
        assertThat(print("sh", "-c", TABLE))
                .contains(bad.hostEnd().value(), good.hostEnd().value());
        on.engine.removeSandbox(bad.sandbox());
        on.engine.removeSandbox(good.sandbox());
        assertThat(print("sh", "-c", TABLE)).doesNotContain("veth");
    }
}
