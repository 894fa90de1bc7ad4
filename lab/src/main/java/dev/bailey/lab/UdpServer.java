package dev.bailey.lab;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A UDP server inside a host that records the address of each datagram's sender, as the server sees it.
 *
 * <p>Runs until it or its lab is closed. Safe for use by several threads.
 */
public final class UdpServer implements AutoCloseable {
    static final Service ECHO = (question, client) -> question;
    static final Service WHO_AM_I = (question, client) -> ByteBuffer.wrap(TcpServer.line(client));

    private static final int MAX_DATAGRAM_BYTES = 65_535;

    private final LabHost host;
    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final Service service;
    private final List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();

    private UdpServer(LabHost host, DatagramChannel channel, Service service) throws IOException {
        this.host = host;
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.service = service;
    }

    /** The answer to one datagram. */
    @FunctionalInterface
    interface Service {
        ByteBuffer answer(ByteBuffer question, InetSocketAddress client);
    }

    static UdpServer start(LabHost host, String address, int port, Service service) {
        try {
            InetSocketAddress local = new InetSocketAddress(InetAddress.ofLiteral(address), port);
            UdpServer server = new UdpServer(host, host.enter(() -> open(local)), service);
            host.lab().own(server);
            Thread.ofVirtual().name("lab-udp-" + host.name()).start(server::serve);
            return server;
        } catch (IOException e) {
            throw new LabException("cannot receive at " + address + ":" + port + " in " + host.name(), e);
        }
    }

    static Optional<String> ask(LabHost host, String address, int port, String question, Duration limit)
            throws IOException {
        InetAddress server = InetAddress.ofLiteral(address);
        try (DatagramChannel channel = host.enter(DatagramChannel::open)) {
            channel.connect(new InetSocketAddress(server, port));
            DatagramSocket socket = channel.socket();
            socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
            byte[] bytes = question.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length));
            DatagramPacket answer = new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
            socket.receive(answer);
            return Optional.of(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8).strip());
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        } catch (java.net.PortUnreachableException e) {
            return Optional.empty();
        }
    }

    /** The address and port that it receives at. */
    public InetSocketAddress address() {
        return address;
    }

    /** The address and port of the sender of each datagram so far, as seen here, in the order in which they came. */
    public List<InetSocketAddress> clients() {
        return List.copyOf(clients);
    }

    /**
     * Waits until a datagram has come and returns the address of the first sender, as seen here.
     *
     * @throws LabException when none comes within {@link Await#LIMIT}
     */
    public InetSocketAddress awaitClient() {
        Await.until("a client of " + this, () -> !clients.isEmpty());
        return clients.getFirst();
    }

    /** Stops to receive. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LabException("closing " + this, e);
        }
    }

    /** The address and the host. */
    @Override
    public String toString() {
        return "UDP server " + TcpServer.hostAndPort(address) + " in " + host.name();
    }

    private static DatagramChannel open(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            return channel.bind(address);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                InetSocketAddress client = (InetSocketAddress) channel.receive(buffer);
                clients.add(client);
                channel.send(service.answer(buffer.flip(), client), client);
            } catch (IOException e) {
                // Closed, or there is no way back to this client: the others are served on.
            }
        }
    }
}
