package dev.bailey.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.NetlinkSocket;
import dev.bailey.linux.NetworkNamespace;
import dev.bailey.netlink.NetlinkConnection.Request;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections and subscriptions with more to do than one message, from their opening to their end. */
@Tag("lab")
class NetlinkConnectionLifeLabTest {
    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_DELADDR = 21;
    private static final int RTNLGRP_LINK = 1;
    private static final int RTNLGRP_IPV4_IFADDR = 5;
    private static final int IFA_LOCAL = 2;
    private static final Duration WAIT = Duration.ofSeconds(10);

    private NetworkNamespace namespace;
    private NetlinkConnection connection;

    @BeforeEach
    void open() throws IOException {
        namespace = NetworkNamespace.create();
        connection = namespace.call(() -> NetlinkConnection.open(NetlinkSocket.ROUTE));
    }

    @AfterEach
    void close() {
        connection.close();
        namespace.close();
    }

    @Test
    void requestAll_moreThanOneDatagramTakes_answersAllInOrder() throws IOException {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            requests.add(getLink(1));
        }

        assertThat(connection.requestAll(requests)).hasSize(500);
        assertThat(connection.requestAll(List.of())).isEmpty();
    }

    @Test
    void requestAll_refusalsFarApart_namesTheFirstAndSuppressesTheOther() throws IOException {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            requests.add(getLink(i == 70 || i == 190 ? 4000 + i : 1));
        }

        assertThatThrownBy(() -> connection.requestAll(requests))
                .hasMessage("look up link 4070: ENODEV (No such device)")
                .isInstanceOfSatisfying(NetlinkException.class, refusal -> {
                    assertThat(refusal.index()).isEqualTo(70);
                    assertThat(refusal.getSuppressed())
                            .singleElement()
                            .isInstanceOfSatisfying(
                                    NetlinkException.class,
                                    other -> assertThat(other.index()).isEqualTo(190));
                });
        assertThat(connection.requestAll(List.of(getLink(1)))).hasSize(1);
    }

    @Test
    void openAndClose_manyTimes_leaveNoDescriptor() throws IOException {
        long before = openSockets();
        namespace.run(() -> {
            for (int i = 0; i < 200; i++) {
                try (NetlinkConnection fresh = NetlinkConnection.open(NetlinkSocket.ROUTE);
                        NetlinkSubscription links = NetlinkSubscription.open(NetlinkSocket.ROUTE, RTNLGRP_LINK)) {
                    fresh.requestAll(List.of(getLink(1)));
                    assertThat(links.next(Duration.ZERO)).isEmpty();
                }
            }
        });

        assertThat(openSockets()).isEqualTo(before);
    }

    @Test
    void open_noSuchGroup_isRefusedAndLeavesNoDescriptor() {
        long before = openSockets();

        assertThatThrownBy(() -> namespace.call(() -> NetlinkSubscription.open(NetlinkSocket.ROUTE, 4711)))
                .hasMessage("join netlink group 4711: EINVAL (Invalid argument)");
        assertThat(openSockets()).isEqualTo(before);
    }

    @Test
    void use_afterClose_isAnError() {
        connection.close();

        assertThatThrownBy(() -> connection.requestAll(List.of(getLink(1)))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void next_nobodyReads_tellsOfTheLossAndDeliversAgainAfterwards() throws IOException {
        try (NetlinkSubscription events =
                namespace.call(() -> NetlinkSubscription.open(NetlinkSocket.ROUTE, RTNLGRP_IPV4_IFADDR))) {
            flood(20_000);

            int seen = 0;
            Optional<NetlinkSubscription.Event> next = events.next(WAIT);
            while (next.orElseThrow() instanceof NetlinkSubscription.Notification) {
                seen++;
                next = events.next(WAIT);
            }
            assertThat(next).contains(new NetlinkSubscription.Overflow());
            assertThat(seen).isLessThan(40_000);

            address(RTM_NEWADDR, 0x7f000101);
            assertThat(events.next(WAIT).orElseThrow())
                    .isInstanceOfSatisfying(
                            NetlinkSubscription.Notification.class,
                            event -> assertThat(event.message().type()).isEqualTo(RTM_NEWADDR));
        }
    }

    @Test
    void close_whileSomebodyWaits_wakesHim() throws Exception {
        NetlinkSubscription events = namespace.call(() -> NetlinkSubscription.open(NetlinkSocket.ROUTE, RTNLGRP_LINK));
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Optional<NetlinkSubscription.Event>> next = threads.submit(() -> events.next(Duration.ofHours(1)));
            events.close();

            assertThatThrownBy(() -> next.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfAny(AsynchronousCloseException.class, IllegalStateException.class);
        }
    }

    /** Adds and removes an address of the loopback interface, which tells the group twice. */
    private void flood(int times) throws IOException {
        for (int i = 0; i < times; i += 10) {
            List<Request> requests = new ArrayList<>();
            for (int j = 0; j < 10; j++) {
                requests.add(addressRequest(RTM_NEWADDR, 0x7f000102 + j));
                requests.add(addressRequest(RTM_DELADDR, 0x7f000102 + j));
            }
            connection.requestAll(requests);
        }
    }

    private void address(int type, int address) throws IOException {
        connection.requestAll(List.of(addressRequest(type, address)));
    }

    private static Request addressRequest(int type, int address) {
        int flags = type == RTM_NEWADDR ? NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL : 0;
        byte[] body = new AttributeWriter()
                .putU8(2)
                .putU8(32)
                .putU16(0)
                .putU32(1)
                .be32(IFA_LOCAL, address)
                .toByteArray();
        return new Request("change address", "of lo", NetlinkMessage.request(type, flags, body));
    }

    private static Request getLink(int index) {
        byte[] body = new AttributeWriter()
                .putU32(0)
                .putU32(index)
                .putU32(0)
                .putU32(0)
                .toByteArray();
        return new Request("look up", "link " + index, NetlinkMessage.request(RTM_GETLINK, 0, body));
    }

    private static long openSockets() {
        long count = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("socket:") || target.equals("anon_inode:[eventfd]")) {
                    count++;
                }
            }
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return count;
    }
}
