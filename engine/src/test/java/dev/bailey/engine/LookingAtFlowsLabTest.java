package dev.bailey.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.engine.view.FlowView;
import dev.bailey.engine.view.HostChange;
import dev.bailey.engine.view.ObservedFlow;
import dev.bailey.engine.view.Observer;
import dev.bailey.lab.Await;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpConnection;
import dev.bailey.lab.TcpServer;
import dev.bailey.lab.junit.LabExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections beside what conntrack says of them, and changes as the kernel reports them. */
@Tag("lab")
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
class LookingAtFlowsLabTest {
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
    void flows_ofAContainer_areThoseOfConntrackWithItsName(Lab lab) {
        host.sysctl("net.netfilter.nf_conntrack_acct", "1");
        LabHost box = lab.host("web");
        bailey.attach(box);
        try (TcpServer server = site.internet().tcpEcho(Site.SERVICE, 80);
                TcpConnection own = box.connectTcp(Site.SERVICE, 80);
                TcpConnection others = host.connectTcp(Site.SERVICE, 80)) {
            List<FlowView> flows = bailey.inspector().flows();

            assertThat(flows).singleElement().satisfies(view -> {
                ObservedFlow flow = view.flow();
                assertThat(view.from()).isEqualTo("web");
                assertThat(view.to()).isEmpty();
                assertThat(flow.fromAfterNat().address()).isEqualTo(Site.HOST);
                assertThat(flow.sentBytes().orElse(0)).isPositive();
                assertThat(asConntrackShows(flow)).isEqualTo(conntrack("src=172.17.0.2"));
            });
        }
    }

    private static String asConntrackShows(ObservedFlow flow) {
        return flow.protocol() + " " + flow.state() + " src=" + flow.from().address() + " dst="
                + flow.to().address() + " sport=" + flow.from().port().orElseThrow() + " dport="
                + flow.to().port().orElseThrow() + " src=" + flow.toAfterNat().address() + " dst="
                + flow.fromAfterNat().address() + " sport="
                + flow.toAfterNat().port().orElseThrow() + " dport="
                + flow.fromAfterNat().port().orElseThrow();
    }

    private String conntrack(String which) {
        String line = host.exec("conntrack", "-L").lines().stream()
                .filter(each -> each.contains(which))
                .findFirst()
                .orElseThrow();
        return line.replaceAll("^(\\w+) +\\d+ +\\d+ ", "$1 ")
                .replaceAll(" (packets|bytes|mark|use)=\\d+", "")
                .replaceAll(" \\[\\w+\\]", "")
                .strip();
    }

    @Test
    void follow_changesByOthers_areToldOnce() {
        List<HostChange> changes = new CopyOnWriteArrayList<>();
        try (Observer.Following following = bailey.inspector().follow(changes::add)) {
            host.exec("ip", "link", "add", "one", "type", "veth", "peer", "name", "two");
            host.exec("ip", "address", "add", "10.9.0.1/24", "dev", "one");
            host.exec("ip", "link", "set", "one", "up");
            host.exec("ip", "route", "add", "10.8.0.0/16", "via", "10.9.0.2");
            host.exec("nft", "add", "table", "ip", "mine");
            host.exec("ip", "link", "del", "one");

            expect(
                    changes,
                    change -> is(change, "address", "change", "one")
                            && change.attributes().equals(Map.of("address", "10.9.0.1/24")));
            expect(
                    changes,
                    change -> is(change, "route", "change", "one")
                            && "10.8.0.0/16".equals(change.attributes().get("destination"))
                            && "10.9.0.2".equals(change.attributes().get("gateway")));
            expect(
                    changes,
                    change -> is(change, "rules", "commit", "nft")
                            && "ip mine".equals(change.attributes().get("tables")));
            expect(changes, change -> is(change, "link", "remove", "one"));
        }
        int before = changes.size();
        host.exec("nft", "delete", "table", "ip", "mine");
        assertThat(bailey.inspector().tables()).noneMatch(table -> table.name().equals("mine"));
        assertThat(changes).hasSize(before);
    }

    private static boolean is(HostChange change, String kind, String action, String object) {
        return change.kind().equals(kind)
                && change.action().equals(action)
                && change.object().equals(object);
    }

    private static void expect(List<HostChange> changes, Predicate<HostChange> wanted) {
        Await.until("a change among " + changes, () -> changes.stream().anyMatch(wanted));
    }
}
