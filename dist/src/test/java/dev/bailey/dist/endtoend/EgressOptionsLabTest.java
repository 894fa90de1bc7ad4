package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.CommandResult;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Containers with options that say how their packets leave, on a host with two uplinks of both families. */
@Tag("lab")
@Timeout(900)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
final class EgressOptionsLabTest {
    private static final String THIRD = "203.0.113.9";
    private static final String HOST6 = "2001:db8:1::2";
    private static final String SECOND_HOST6 = "2001:db8:2::2";
    private static final String THIRD6 = "2001:db8:2::9";
    private static final String SERVICE6 = "2001:db8:ffff::53";
    private static final int PORT = 1000;
    private static final int OTHER_PORT = 1001;

    private LabHost host;
    private LabHost internet;
    private RunningBailey bailey;

    @BeforeEach
    void start(Lab lab) {
        Site site = Site.build(lab);
        host = site.host();
        internet = site.internet();
        site.addSecondUplink();
        host.address("eth1", THIRD + "/24");
        host.exec("ip", "route", "add", "default", "via", Site.SECOND_GATEWAY, "dev", "eth1", "metric", "200");
        host.sysctl("net.ipv4.conf.all.rp_filter", "2");
        give(internet, "lo", SERVICE6 + "/128");
        connectIpv6("eth0", "h0", "2001:db8:1::1", HOST6, "100");
        connectIpv6("eth1", "h1", "2001:db8:2::1", SECOND_HOST6, "200");
        host.exec("ip", "addr", "add", THIRD6 + "/64", "dev", "eth1", "nodad", "preferred_lft", "0");
        for (int port : new int[] {PORT, OTHER_PORT}) {
            internet.tcpWhoAmI(Site.SERVICE, port);
            internet.tcpWhoAmI(SERVICE6, port);
        }
        bailey = RunningBailey.start(site);
    }

    private void connectIpv6(String link, String peer, String gateway, String address, String metric) {
        give(internet, peer, "fe80::1:1/64");
        give(internet, peer, gateway + "/64");
        give(host, link, "fe80::1:2/64");
        give(host, link, address + "/64");
        host.exec("ip", "-6", "route", "add", "default", "via", gateway, "dev", link, "metric", metric);
    }

    private static void give(LabHost to, String link, String address) {
        to.exec("ip", "addr", "add", address, "dev", link, "nodad");
    }

    /** What the service says of who asks it from inside a container, with its port. */
    private String asked(String container, String service) {
        return bailey.run("exec", container, "nc", "-w", "30", service, String.valueOf(PORT))
                .output();
    }

    private void assertSeen(String container, String ipv4, String ipv6) {
        assertThat(asked(container, Site.SERVICE)).as("IPv4 of " + container).startsWith(ipv4 + ":");
        assertThat(asked(container, SERVICE6).replaceAll("(?<!:):0(?::0)+:", "::"))
                .as("IPv6 of " + container)
                .startsWith(ipv6 + ":");
    }

    private CommandResult tried(String container, String service, int port) {
        return bailey.bailey("exec", container, "nc", "-v", "-w", "30", service, String.valueOf(port))
                .execute();
    }

    @Test
    void containers_leaveAsTheirOptionsSay_andInspectShowsThem() {
        bailey.run("network", "create", "--ipv6", "--subnet", "fd00:9::/64", "plain");
        bailey.run(
                "network", "create", "--ipv6", "--uplink", "eth1", "--egress-ip", THIRD, "--egress-ip", THIRD6, "led");
        run("first", "plain");
        run("second", "led");
        run("third", "plain", "--uplink", "eth1");
        run("fourth", "plain", "--uplink", "eth1", "--egress-ip", THIRD6);
        assertSeen("first", Site.HOST, HOST6);
        assertSeen("second", THIRD, THIRD6);
        assertSeen("third", Site.SECOND_HOST, SECOND_HOST6);
        assertSeen("fourth", Site.SECOND_HOST, THIRD6);

        assertThat(bailey.run("inspect", "fourth").output())
                .contains("\"dev.bailey.egress.uplink\": \"eth1\"")
                .contains("\"dev.bailey.egress.ip\": \"" + THIRD6 + "\"");
        assertThat(bailey.run("network", "inspect", "led").output())
                .contains("\"dev.bailey.egress.uplink\": \"eth1\"")
                .contains("\"com.docker.network.host_ipv4\": \"" + THIRD + "\"")
                .contains("\"com.docker.network.host_ipv6\": \"" + THIRD6 + "\"");

        restart("fourth");
        assertSeen("fourth", Site.SECOND_HOST, THIRD6);
        host.exec("ip", "link", "set", "eth1", "down");
        assertSeen("third", Site.HOST, HOST6);
        bailey.run("rm", "-f", "first", "second", "third", "fourth");
    }

    @Test
    void allowList_holdsForBothFamilies_andIsThereAfterARestart() {
        bailey.run("network", "create", "--ipv6", "--subnet", "fd00:9::/64", "plain");
        String ipv4 = Site.SERVICE + ":" + PORT;
        String ipv6 = "[" + SERVICE6 + "]:" + PORT;
        run("first", "plain", "--egress-allow", ipv4, "--egress-allow", ipv6);
        run("second", "plain", "--egress-allow", ipv4);
        for (int time = 0; time < 2; time++) {
            assertSeen("first", Site.HOST, HOST6);
            for (String service : new String[] {Site.SERVICE, SERVICE6}) {
                assertThat(tried("first", service, OTHER_PORT).error())
                        .containsAnyOf("No route to host", "Permission denied");
            }
            assertThat(tried("second", Site.SERVICE, PORT).succeeded()).isTrue();
            assertThat(tried("second", SERVICE6, PORT).error()).contains("Permission denied");
            assertThat(bailey.run("inspect", "first").output())
                    .contains("\"dev.bailey.egress.allow\": \"" + ipv4 + "/tcp," + ipv6 + "/tcp\"");
            restart("first");
            restart("second");
        }
        assertThat(bailey.bailey(
                                "run", "--rm", "--network", "plain", "--egress-allow", "2001:db8::1/32", "host", "true")
                        .execute()
                        .error())
                .contains("'2001:db8::1/32' is nowhere to send to", "as in 2001:db8::/32");
        bailey.run("rm", "-f", "first", "second");
    }

    private void restart(String name) {
        bailey.run("stop", "-t", "0", name);
        bailey.run("start", name);
    }

    private void run(String name, String network, String... options) {
        String[] words = new String[options.length + 9];
        System.arraycopy(new String[] {"run", "-d", "--name", name, "--network", network}, 0, words, 0, 6);
        System.arraycopy(options, 0, words, 6, options.length);
        System.arraycopy(new String[] {"host", "sleep", "1000"}, 0, words, 6 + options.length, 3);
        bailey.run(words);
    }
}
