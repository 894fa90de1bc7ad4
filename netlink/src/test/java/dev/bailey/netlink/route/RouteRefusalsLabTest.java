package dev.bailey.netlink.route;

import static dev.bailey.netlink.route.Sandboxes.on;
import static dev.bailey.netlink.route.Sandboxes.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.Errno;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.route.VethSpec.End;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kernel refuses: the error says why, and nothing is left behind. */
@Tag("lab")
class RouteRefusalsLabTest {
    private NetworkNamespace host;
    private NetworkNamespace sandbox;

    @BeforeEach
    void open() throws IOException {
        host = NetworkNamespace.create();
        sandbox = NetworkNamespace.create();
        request(host, RouteRequests.createVeth(pair("taken0", 40, "eth0", 41)));
    }

    @AfterEach
    void close() {
        sandbox.close();
        host.close();
    }

    @Test
    void createVeth_nameTaken_isEexist() throws IOException {
        refused(pair("taken0", 50, "eth1", 51), Errno.EEXIST);
    }

    @Test
    void createVeth_peersNameTaken_isEexist() throws IOException {
        refused(pair("veth1", 50, "eth0", 51), Errno.EEXIST);
    }

    @Test
    void createVeth_indexTaken_isEexist() throws IOException {
        refused(pair("veth1", 40, "eth1", 51), Errno.EEXIST);
    }

    @Test
    void createVeth_peersIndexTaken_isEbusy() throws IOException {
        refused(pair("veth1", 50, "eth1", 41), Errno.EBUSY);
    }

    @Test
    void createVeth_noSuchMaster_isEinval() throws IOException {
        refused(pair("veth1", 50, "eth1", 51).master(4711), Errno.EINVAL);
    }

    @Test
    void createVeth_nameTooLong_isErange() throws IOException {
        refused(pair("veth567890123456", 50, "eth1", 51), Errno.ERANGE);
    }

    private VethSpec pair(String name, int index, String peerName, int peerIndex) {
        End here = new End(name, index, 0, Optional.empty());
        End peer = new End(peerName, peerIndex, 0, Optional.empty());
        return VethSpec.of(here, peer).peerIn(sandbox);
    }

    private void refused(VethSpec spec, Errno errno) throws IOException {
        List<Link> before = on(host, RouteConnection::links);
        List<Link> beforeInside = on(sandbox, RouteConnection::links);

        assertThatThrownBy(() -> request(host, RouteRequests.createVeth(spec)))
                .isInstanceOfSatisfying(NetlinkException.class, refusal -> {
                    assertThat(refusal.errno()).isEqualTo(errno);
                    assertThat(refusal.operation()).isEqualTo("create veth");
                    assertThat(refusal.object()).isEqualTo(spec.name());
                });
        assertThat(on(host, RouteConnection::links)).isEqualTo(before);
        assertThat(on(sandbox, RouteConnection::links)).isEqualTo(beforeInside);
    }

    @Test
    void addRoute_gatewayUnreachable_carriesTheKernelsText() {
        Request unreachable = RouteRequests.addRoute(
                Route.defaultVia(Prefix.parse("10.99.0.1").address()));

        assertThatThrownBy(() -> request(sandbox, unreachable))
                .hasMessage("add route default via 10.99.0.1: ENETUNREACH (Network is unreachable),"
                        + " the kernel says: Nexthop has invalid gateway");
    }

    @Test
    void addAddress_twice_carriesTheKernelsText() throws IOException {
        Request address = RouteRequests.addAddress(new Address(40, Prefix.parse("10.1.0.2/24")));
        request(host, address);

        assertThatThrownBy(() -> request(host, address)).isInstanceOfSatisfying(NetlinkException.class, refusal -> {
            assertThat(refusal.errno()).isEqualTo(Errno.EEXIST);
            assertThat(refusal.kernelText()).isEqualTo("ipv4: Address already assigned");
            assertThat(refusal.object()).isEqualTo("10.1.0.2/24 to link 40");
        });
    }

    @Test
    void deleteLink_absent_isEnodev() {
        assertThatThrownBy(() -> request(host, RouteRequests.deleteLink(4711)))
                .hasMessageStartingWith("delete link 4711: ENODEV (No such device)");
        assertThatThrownBy(() -> request(host, RouteRequests.deleteLink("nosuch0")))
                .hasMessageStartingWith("delete link nosuch0: ENODEV (No such device)");
    }
}
