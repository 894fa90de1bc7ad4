package dev.bailey.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** UDP, TCP and epoll against the sockets of the JDK, on loopback. */
@Timeout(30)
class InternetSocketsTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int WAIT_MILLIS = 5_000;

    @Test
    void batch_severalDatagrams_eachSenderGetsItsAnswer() throws Exception {
        try (UdpSocket server = UdpSocket.bind(ANY_PORT, 65536);
                Epoll epoll = Epoll.open(4);
                DatagramSocket first = new DatagramSocket();
                DatagramSocket second = new DatagramSocket()) {
            epoll.add(server.descriptor(), 7);
            InetSocketAddress there = new InetSocketAddress(ANY_PORT.getAddress(), server.localPort());
            send(first, "one", there);
            send(second, "two", there);
            send(first, "x".repeat(65), there);
            DatagramBatch batch = new DatagramBatch(8, 64, 64);

            assertThat(epoll.await(WAIT_MILLIS)).isEqualTo(1);
            assertThat(epoll.token(0)).isEqualTo(7);
            assertThat(epoll.readable(0)).isTrue();
            assertThat(epoll.writable(0)).isFalse();
            assertThat(batch.receive(server)).isEqualTo(3);
            byte[] buffer = new byte[64];
            assertThat(batch.copy(2, buffer)).isEqualTo(-1);
            for (int i = 1; i >= 0; i--) {
                int length = batch.copy(i, buffer);
                buffer[length] = '!';
                batch.answer(i, buffer, length + 1);
            }
            batch.send(server);
            byte[] late = "late".getBytes(US_ASCII);
            assertThat(server.sendTo(late, late.length, batch.peer(1))).isTrue();

            assertThat(receive(first)).isEqualTo("one!");
            assertThat(receive(second)).isEqualTo("two!");
            assertThat(receive(second)).isEqualTo("late");
            assertThat(batch.receive(server)).isZero();
        }
    }

    @Test
    void udp_nobodyThere_saysSoAtTheNextReceive() throws Exception {
        int freed;
        try (DatagramSocket gone = new DatagramSocket(ANY_PORT)) {
            freed = gone.getLocalPort();
        }
        try (UdpSocket socket = UdpSocket.connect(new InetSocketAddress(ANY_PORT.getAddress(), freed))) {
            assertThat(socket.receive(new byte[8])).isEqualTo(-1);
            assertThat(socket.send(new byte[1], 1)).isTrue();
            assertThatThrownBy(() -> socket.receive(new byte[8])).hasMessageContaining("ECONNREFUSED");
        }
    }

    @Test
    void udp_twoThatShare_bothBind() throws Exception {
        try (UdpSocket first = UdpSocket.bind(ANY_PORT, 4096)) {
            InetSocketAddress same = new InetSocketAddress(ANY_PORT.getAddress(), first.localPort());
            try (UdpSocket second = UdpSocket.bind(same, 4096)) {
                assertThat(second.localPort()).isEqualTo(first.localPort());
            }
        }
    }

    @Test
    void tcp_connectWriteRead_andTheEnd() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, ANY_PORT.getAddress());
                Epoll epoll = Epoll.open(4);
                TcpSocket client =
                        TcpSocket.connect(new InetSocketAddress(ANY_PORT.getAddress(), server.getLocalPort()))) {
            epoll.addForWriting(client.descriptor(), 1);
            assertThat(epoll.await(WAIT_MILLIS)).isEqualTo(1);
            assertThat(epoll.writable(0)).isTrue();
            client.finishConnecting();
            epoll.change(client.descriptor(), 1, true, false);
            try (Socket accepted = server.accept()) {
                assertThat(client.write("hello".getBytes(US_ASCII), 1, 3)).isEqualTo(3);
                assertThat(accepted.getInputStream().readNBytes(3)).isEqualTo("ell".getBytes(US_ASCII));
                assertThat(client.read(new byte[8], 0, 8)).isZero();
            }
            assertThat(epoll.await(WAIT_MILLIS)).isEqualTo(1);
            assertThat(client.read(new byte[8], 0, 8)).isEqualTo(-1);
        }
    }

    @Test
    void tcp_refused_isSaidWhenItIsFinished() throws Exception {
        int freed;
        try (ServerSocket gone = new ServerSocket(0, 5, ANY_PORT.getAddress())) {
            freed = gone.getLocalPort();
        }
        try (Epoll epoll = Epoll.open(4);
                TcpSocket client = TcpSocket.connect(new InetSocketAddress(ANY_PORT.getAddress(), freed))) {
            epoll.addForWriting(client.descriptor(), 1);
            assertThat(epoll.await(WAIT_MILLIS)).isEqualTo(1);
            assertThatThrownBy(client::finishConnecting).hasMessageContaining("ECONNREFUSED");
        } catch (LinuxException atOnce) {
            assertThat(atOnce.errno()).isEqualTo(Errno.ECONNREFUSED);
        }
    }

    @Test
    void tcp_accept_takesWhatThereIs_andResetEndsIt() throws Exception {
        try (TcpSocket listener = TcpSocket.listen(new InetSocketAddress(ANY_PORT.getAddress(), 42053), 4)) {
            assertThat(listener.accept()).isEmpty();
            try (Socket client = new Socket(ANY_PORT.getAddress(), 42053);
                    Epoll epoll = Epoll.open(1)) {
                epoll.add(listener.descriptor(), 3);
                assertThat(epoll.await(WAIT_MILLIS)).isEqualTo(1);
                Optional<TcpSocket> accepted = listener.accept();
                accepted.orElseThrow().reset();
                assertThatThrownBy(() -> client.getInputStream().read()).hasMessageContaining("reset");
            }
        }
    }

    @Test
    void wake_endsAWaitOnce() throws Exception {
        try (Epoll epoll = Epoll.open(2)) {
            epoll.wake();
            epoll.wake();

            assertThat(epoll.await(WAIT_MILLIS)).isEqualTo(1);
            assertThat(epoll.token(0)).isEqualTo(-1);
            assertThat(epoll.await(0)).isZero();
        }
    }

    private static void send(DatagramSocket from, String text, InetSocketAddress to) throws Exception {
        byte[] bytes = text.getBytes(US_ASCII);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static String receive(DatagramSocket at) throws Exception {
        at.setSoTimeout(WAIT_MILLIS);
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        at.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }
}
