package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.view.BridgeView;
import dev.bailey.engine.view.ObservedLink;
import dev.bailey.engine.view.UplinkView;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the inspector sees of a real kernel's links, beside what brctl and ip say of them. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class LookingAtLinksLabTest {
    private Site site;
    private LabHost host;
    private RunningEngine bailey;

    @BeforeEach
    void build(Lab lab) {
        site = Site.build(lab);
        host = site.host();
        bailey = RunningEngine.start(host);
    }

    @AfterEach
    void stop() {
        bailey.close();
    }

    @Test
    void bridges_oursAndOfOthers_areThoseOfBrctl(Lab lab) {
        String hostEnd = bailey.attach(lab.host("web")).hostEnd().value();
        host.exec("brctl", "addbr", "other");
        host.exec("brctl", "stp", "other", "on");
        host.exec("ip", "link", "add", "tap0", "type", "veth", "peer", "name", "tap1");
        host.exec("brctl", "addif", "other", "tap0");
        host.exec("ip", "link", "set", "tap0", "mtu", "1400");

        List<BridgeView> bridges = bailey.inspector().bridges();

        assertThat(bridges)
                .extracting(LookingAtLinksLabTest::asBrctlShows)
                .containsExactlyInAnyOrderElementsOf(host.exec("brctl", "show").lines().stream()
                        .skip(1)
                        .map(line -> String.join(" ", line.split("\\s+")))
                        .toList());
        BridgeView ours = bridges.getFirst();
        assertThat(ours.network()).isEqualTo("bridge");
        assertThat(ours.bridge().addresses()).contains("172.17.0.1/16");
        assertThat(ours.ports()).singleElement().satisfies(port -> {
            assertThat(port.link().name()).isEqualTo(hostEnd);
            assertThat(port.link().portState()).isEqualTo("forwarding");
            assertThat(port.sandbox()).isEqualTo("web");
        });
        assertThat(bridges.getLast().ports()).singleElement().satisfies(port -> {
            assertThat(port.link().mtuBytes()).isEqualTo(1400);
            assertThat(port.link().portState()).isEqualTo("disabled");
            assertThat(port.sandbox()).isEmpty();
        });
    }

    private static String asBrctlShows(BridgeView view) {
        return view.bridge().name() + " " + view.facts().id() + (view.facts().spanningTree() ? " yes " : " no ")
                + view.ports().getFirst().link().name();
    }

    @Test
    void uplinks_oneAddedLater_showRoutesAddressesAndCounters() {
        site.addSecondUplink();
        host.exec("ip", "route", "add", "default", "via", Site.SECOND_GATEWAY, "metric", "50");
        host.exec("ip", "link", "set", "eth1", "mtu", "1400");
        host.exec("ping", "-c3", "-i0.1", Site.GATEWAY);

        List<UplinkView> uplinks = bailey.inspector().uplinks();

        assertThat(uplinks).extracting(view -> view.link().name()).containsExactly("eth0", "eth1");
        assertThat(uplinks)
                .extracting(view -> view.routes().getFirst().gateway())
                .containsExactly(Site.GATEWAY, Site.SECOND_GATEWAY);
        assertThat(uplinks)
                .extracting(view -> view.routes().getFirst().metric())
                .containsExactly(0L, 50L);
        ObservedLink eth0 = uplinks.getFirst().link();
        assertThat(eth0.addresses()).contains(Site.HOST + "/24");
        assertThat(uplinks.getLast().link().mtuBytes()).isEqualTo(1400);
        assertThat(eth0.state()).isEqualTo("up");
        assertThat(eth0.received().packets()).isBetween(3L, counter("eth0", "rx", "packets"));
        assertThat(eth0.sent().bytes()).isBetween(3 * 98L, counter("eth0", "tx", "bytes"));
    }

    @Test
    void uplinks_theOnlyOneGone_leaveNothingBehind() {
        host.removeInterface("eth0");

        assertThat(bailey.inspector().uplinks()).isEmpty();
    }

    private long counter(String link, String direction, String what) {
        String json = host.exec("ip", "-s", "-j", "link", "show", link).output();
        Matcher found = Pattern.compile("\"" + direction + "\":\\{[^}]*\"" + what + "\":(\\d+)")
                .matcher(json);
        assertThat(found.find()).as(json).isTrue();
        return Long.parseLong(found.group(1));
    }
}
