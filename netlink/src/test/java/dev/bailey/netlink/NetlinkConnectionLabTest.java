package dev.bailey.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.Errno;
import dev.bailey.linux.NetlinkSocket;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Task;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A connection against the kernel, in a namespace of its own. */
@Tag("lab")
class NetlinkConnectionLabTest {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_LINKINFO = 18;
    private static final byte[] NO_LINK = new byte[16];

    @Test
    void dump_freshNamespace_hasLoopbackAlone() throws IOException {
        List<NetlinkMessage> links =
                inside(connection -> connection.dump("links", NetlinkMessage.request(RTM_GETLINK, 0, NO_LINK)));

        assertThat(links)
                .extracting(link -> link.attributes(16).string(IFLA_IFNAME).orElseThrow())
                .containsExactly("lo");
    }

    @Test
    void request_refused_carriesOperationObjectErrnoAndTheKernelsText() {
        AttributeWriter body = new AttributeWriter()
                .put(NO_LINK)
                .string(IFLA_IFNAME, "red0")
                .nest(IFLA_LINKINFO, info -> info.string(1, "nosuchkind"));
        NetlinkMessage message = NetlinkMessage.request(
                RTM_NEWLINK, NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL, body.toByteArray());

        assertThatThrownBy(() -> inside(connection -> connection.request("create link", "red0", message)))
                .isInstanceOfSatisfying(NetlinkException.class, refusal -> {
                    assertThat(refusal.errno()).isEqualTo(Errno.EOPNOTSUPP);
                    assertThat(refusal)
                            .hasMessage("create link red0: EOPNOTSUPP (Operation not supported),"
                                    + " the kernel says: Unknown device type");
                });
    }

    private interface Use<T> {
        T with(NetlinkConnection connection) throws IOException;
    }

    private static <T> T inside(Use<T> use) throws IOException {
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            Task<T, IOException> task = () -> {
                try (NetlinkConnection connection = NetlinkConnection.open(NetlinkSocket.ROUTE)) {
                    return use.with(connection);
                }
            };
            return namespace.call(task);
        }
    }
}
