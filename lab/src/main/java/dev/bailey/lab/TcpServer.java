package dev.bailey.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A TCP server inside a host that records the address of each client, as the server sees it.
 *
 * <p>Runs until it or its lab is closed. Safe for use by several threads.
 */
public final class TcpServer implements AutoCloseable {
    static final Service ECHO = socket -> socket.getInputStream().transferTo(socket.getOutputStream());
    static final Service WHO_AM_I =
            socket -> socket.getOutputStream().write(line((InetSocketAddress) socket.getRemoteSocketAddress()));

    private final LabHost host;
    private final ServerSocketChannel channel;
    private final InetSocketAddress address;
    private final Service service;
    private final List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private TcpServer(LabHost host, ServerSocketChannel channel, Service service) throws IOException {
        this.host = host;
        this.channel = channel;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.service = service;
    }

    /** What is done with one connection; it is closed afterwards. */
    @FunctionalInterface
    interface Service {
        void serve(Socket socket) throws IOException;
    }

    static TcpServer start(LabHost host, String address, int port, Service service) {
        try {
            InetSocketAddress local = new InetSocketAddress(InetAddress.ofLiteral(address), port);
            TcpServer server = new TcpServer(host, host.enter(() -> listen(local)), service);
            host.lab().own(server);
            Thread.ofVirtual().name("lab-tcp-" + host.name()).start(server::accept);
            return server;
        } catch (IOException e) {
            throw new LabException("cannot listen at " + address + ":" + port + " in " + host.name(), e);
        }
    }

    /** The address and port that it listens at. */
    public InetSocketAddress address() {
        return address;
    }

    /** The address and port of each client so far, as seen here, in the order in which they came. */
    public List<InetSocketAddress> clients() {
        return List.copyOf(clients);
    }

    /**
     * Waits until a client has come and returns the address of the first one, as seen here.
     *
     * @throws LabException when none comes within {@link Await#LIMIT}
     */
    public InetSocketAddress awaitClient() {
        Await.until("a client of " + this, () -> !clients.isEmpty());
        return clients.getFirst();
    }

    /** Stops to listen and hangs up on all clients. */
    @Override
    public void close() {
        try {
            channel.close();
            for (SocketChannel connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new LabException("closing " + this, e);
        }
    }

    /** The address and the host. */
    @Override
    public String toString() {
        return "TCP server " + hostAndPort(address) + " in " + host.name();
    }

    /** The address as {@code ADDRESS:PORT}, without names. */
    static String hostAndPort(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    static byte[] line(InetSocketAddress address) {
        return (hostAndPort(address) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static ServerSocketChannel listen(SocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            return channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                SocketChannel connection = channel.accept();
                connections.add(connection);
                clients.add((InetSocketAddress) connection.getRemoteAddress());
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                // Closed, or the client gave up before it was accepted.
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            service.serve(connection.socket());
        } catch (IOException | UncheckedIOException e) {
            // The client went away, or the server is being closed; either way there is nobody to tell.
        } finally {
            connections.remove(connection);
        }
    }
}
