package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NetlinkSocketTest {

    private static final int NO_SUCH_PROTOCOL = 31;
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void open_unknownProtocol_saysSo() {
        assertThatThrownBy(() -> NetlinkSocket.open(NO_SUCH_PROTOCOL))
                .isInstanceOfSatisfying(
                        LinuxException.class,
                        refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EPROTONOSUPPORT));
    }

    @Test
    void open_twice_givesTwoPorts() throws Exception {
        try (NetlinkSocket one = NetlinkSocket.open(NetlinkSocket.ROUTE);
                NetlinkSocket other = NetlinkSocket.open(NetlinkSocket.ROUTE)) {
            assertThat(one.portId()).isNotZero().isNotEqualTo(other.portId());
        }
    }

    @Test
    void receive_nothingThere_isEmptyWhenTheTimeIsOver() throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.ROUTE)) {
            assertThat(socket.receive(Duration.ZERO)).isEmpty();
            assertThat(socket.receive(Duration.ofMillis(1))).isEmpty();
        }
    }

    @Test
    void sendAndReceive_onAVirtualThread_areRefused() throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.ROUTE);
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> receiving = virtual.submit(() -> socket.receive(Duration.ZERO));
            Future<?> sending = virtual.submit(() -> {
                socket.send(new byte[16], 16);
                return true;
            });

            for (Future<?> call : new Future<?>[] {receiving, sending}) {
                assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
                        .hasRootCauseMessage("netlink calls block: use a platform thread, not a virtual one");
            }
        }
    }

    @Test
    void close_blockedReceiver_isWoken() throws Exception {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.ROUTE);
        CompletableFuture<Thread> receiver = new CompletableFuture<>();
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> received = threads.submit(() -> {
                receiver.complete(Thread.currentThread());
                return socket.receive(LONG);
            });
            receiver.get(10, TimeUnit.SECONDS);
            socket.close();

            // Whether it was inside the call or still on its way there.
            assertThatThrownBy(() -> received.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfAny(AsynchronousCloseException.class, IllegalStateException.class);
        }
    }

    @Test
    void close_manyTimesWhileReceiving_wakesEveryTimeAndLeavesNoDescriptor() throws Exception {
        long sockets = OpenFiles.count("socket:");
        long events = OpenFiles.count("anon_inode:[eventfd]");
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < 300; i++) {
                NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.ROUTE);
                Future<?> received = threads.submit(() -> socket.receive(LONG));
                socket.close();
                socket.close();
                assertThatThrownBy(() -> received.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            }
        }

        assertThat(OpenFiles.count("socket:")).isEqualTo(sockets);
        assertThat(OpenFiles.count("anon_inode:[eventfd]")).isEqualTo(events);
    }

    @Test
    void use_afterClose_isAnError() throws Exception {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.ROUTE);
        socket.close();

        assertThatThrownBy(() -> socket.receive(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> socket.send(new byte[16], 16)).isInstanceOf(IllegalStateException.class);
    }
}
