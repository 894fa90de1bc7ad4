package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class PortTrialTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    @Test
    void tcp_portThatSomebodyListensOn_isInUse_untilItIsClosed() throws IOException {
        int port;
        try (ServerSocket server = listening()) {
            port = server.getLocalPort();
            assertThat(PortTrial.tcp(HERE, port)).contains(Errno.EADDRINUSE);
            assertThat(PortTrial.tcp(InetAddress.ofLiteral("0.0.0.0"), port)).contains(Errno.EADDRINUSE);
            assertThat(PortTrial.tcp(InetAddress.ofLiteral("127.0.0.2"), port)).isEmpty();
        }
        assertThat(PortTrial.tcp(HERE, port)).isEmpty();
    }

    /** The side that closes first keeps the port in TIME_WAIT, which keeps no server from having it. */
    @Test
    void tcp_connectionsThatWaitForTheirEnd_doNotCount() throws IOException {
        int port;
        try (ServerSocket server = listening()) {
            port = server.getLocalPort();
            try (Socket client = new Socket(HERE, port)) {
                server.accept().close();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
        assertThat(PortTrial.tcp(HERE, port)).isEmpty();
    }

    @Test
    void udp_portThatSomebodyHas_isInUse() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            assertThat(PortTrial.udp(HERE, socket.getLocalPort())).contains(Errno.EADDRINUSE);
        }
    }

    @Test
    void addressOfSomebodyElse_isNotAvailable() throws IOException {
        assertThat(PortTrial.tcp(InetAddress.ofLiteral("192.0.2.1"), 80)).contains(Errno.EADDRNOTAVAIL);
        assertThat(PortTrial.udp(InetAddress.ofLiteral("2001:db8::1"), 80)).contains(Errno.EADDRNOTAVAIL);
    }

    private static ServerSocket listening() throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(HERE, 0));
        return server;
    }
}
