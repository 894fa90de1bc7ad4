package dev.bailey.engine.dns.server;

import dev.bailey.engine.dns.ResolvConf;
import dev.bailey.engine.dns.wire.Query;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.linux.DatagramBatch;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.TcpSocket;
import dev.bailey.linux.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resolver of one sandbox: a UDP socket, a listener and the connections of its clients, all of them in the sandbox's
 * namespace, which they keep alive until {@link #close}; for the loop's thread.
 */
final class SandboxServer implements EventLoop.Watcher {
    private static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.ofLiteral(ResolvConf.RESOLVER), 53);

    private static final Logger LOG = LoggerFactory.getLogger(SandboxServer.class);

    private static final int DATAGRAMS = 32;
    private static final int MAX_QUERY_BYTES = 1500;
    private static final int RECEIVE_BUFFER_BYTES = 512 * 1024;
    private static final int BACKLOG = 64;
    private static final int MAX_CONNECTIONS = 64;
    private static final long SWEEP_NANOS = 1_000_000_000L;

    private final EventLoop loop;
    private final Sandbox sandbox;
    private final UpstreamGroup upstreams;
    private final Resolver resolver;
    private final Memory memory;
    private final UdpSocket udp;
    private final @Nullable TcpSocket listener;
    private final Set<TcpClient> clients = new LinkedHashSet<>();
    private EventLoop.@Nullable Watch udpWatch;
    private EventLoop.@Nullable Watch listenerWatch;
    private boolean sweeping;

    /** Room for the messages of one turn, shared by all sandboxes, as one thread serves them all. */
    static final class Memory {
        private final DatagramBatch batch = new DatagramBatch(DATAGRAMS, MAX_QUERY_BYTES, Query.MAX_UDP_BYTES);
        private final byte[] query = new byte[MAX_QUERY_BYTES];
    }

    /** What is bound inside a sandbox; no listener where something else has its place. */
    private record Sockets(UdpSocket udp, Optional<TcpSocket> listener) {}

    /**
     * Who sent a datagram.
     *
     * @param server whose sandbox they are in
     * @param peer their address
     */
    private record UdpAsker(SandboxServer server, long peer) implements Asker {
        @Override
        public boolean isTcp() {
            return false;
        }

        @Override
        public void answer(byte[] message, int length) {
            server.sendLate(message, length, peer);
        }
    }

    private SandboxServer(
            EventLoop loop,
            Sandbox sandbox,
            UpstreamGroup upstreams,
            Resolver resolver,
            Memory memory,
            Sockets sockets) {
        this.loop = loop;
        this.sandbox = sandbox;
        this.upstreams = upstreams;
        this.resolver = resolver;
        this.memory = memory;
        this.udp = sockets.udp();
        this.listener = sockets.listener().orElse(null);
    }

    /**
     * Binds the sockets inside the sandbox and serves.
     *
     * @param byTcp whether by TCP as well
     */
    static SandboxServer open(
            EventLoop loop,
            Visitor visitor,
            Sandbox sandbox,
            boolean byTcp,
            UpstreamGroup upstreams,
            Resolver resolver,
            Memory memory)
            throws LinuxException {
        Sockets sockets = visitor.inside(sandbox, () -> bind(sandbox, byTcp));
        SandboxServer server = new SandboxServer(loop, sandbox, upstreams, resolver, memory, sockets);
        try {
            server.udpWatch = loop.watch(server.udp.descriptor(), server);
            if (server.listener != null) {
                server.listenerWatch = loop.watch(server.listener.descriptor(), server.new Acceptor(server.listener));
            }
            return server;
        } catch (LinuxException refused) {
            server.close();
            throw refused;
        }
    }

    private static Sockets bind(Sandbox sandbox, boolean byTcp) throws LinuxException {
        UdpSocket udp = UdpSocket.bind(ADDRESS, RECEIVE_BUFFER_BYTES);
        if (!byTcp) {
            return new Sockets(udp, Optional.empty());
        }
        try {
            return new Sockets(udp, Optional.of(TcpSocket.listen(ADDRESS, BACKLOG)));
        } catch (LinuxException taken) {
            LOG.warn("names of {} resolve by UDP alone: {}", sandbox.name(), taken.getMessage());
            return new Sockets(udp, Optional.empty());
        }
    }

    SandboxId id() {
        return sandbox.id();
    }

    UpstreamGroup upstreams() {
        return upstreams;
    }

    /** Takes the datagrams that there are, as many as one turn may take, and answers those that can be answered now. */
    @Override
    public void ready(boolean readable, boolean writable, boolean broken) throws LinuxException {
        DatagramBatch batch = memory.batch;
        int count = batch.receive(udp);
        for (int i = 0; i < count; i++) {
            int length = batch.copy(i, memory.query);
            if (length >= 0) {
                answer(batch, i, length);
            }
        }
        batch.send(udp);
    }

    private void answer(DatagramBatch batch, int index, int length) {
        UdpAsker asker = new UdpAsker(this, batch.peer(index));
        int answered = resolver.answer(sandbox.id(), upstreams, memory.query, length, asker);
        if (answered > 0) {
            batch.answer(index, resolver.reply(), answered);
        }
    }

    private void sendLate(byte[] message, int length, long peer) {
        try {
            udp.sendTo(message, length, peer);
        } catch (LinuxException | IllegalStateException gone) {
            LOG.debug("an answer for {} reached nobody", sandbox.name(), gone);
        }
    }

    @Override
    public void failed(Exception failure) {
        pause(udpWatch, failure);
    }

    private void pause(EventLoop.@Nullable Watch watch, Exception failure) {
        LOG.warn("the resolver of {} goes on after an error: {}", sandbox.name(), failure.toString());
        try {
            if (watch != null) {
                watch.pause();
            }
        } catch (LinuxException another) {
            LOG.error("the resolver of {} cannot go on", sandbox.name(), another);
        }
    }

    /** Takes connections. */
    private final class Acceptor implements EventLoop.Watcher {
        private final TcpSocket listening;

        Acceptor(TcpSocket listening) {
            this.listening = listening;
        }

        @Override
        public void ready(boolean readable, boolean writable, boolean broken) throws LinuxException {
            Optional<TcpSocket> accepted = listening.accept();
            while (accepted.isPresent()) {
                if (clients.size() >= MAX_CONNECTIONS) {
                    clients.iterator().next().close();
                }
                clients.add(TcpClient.serve(loop, accepted.get(), SandboxServer.this));
                sweepLater();
                accepted = listening.accept();
            }
        }

        @Override
        public void failed(Exception failure) {
            pause(listenerWatch, failure);
        }
    }

    /** Answers a query of a connection; {@link Resolver#reply} holds it. */
    int answer(byte[] query, int length, Asker asker) {
        return resolver.answer(sandbox.id(), upstreams, query, length, asker);
    }

    byte[] reply() {
        return resolver.reply();
    }

    void gone(TcpClient client) {
        clients.remove(client);
    }

    private void sweepLater() {
        if (!sweeping && !clients.isEmpty()) {
            sweeping = true;
            loop.after(SWEEP_NANOS, () -> {
                sweeping = false;
                long now = System.nanoTime();
                Set.copyOf(clients).forEach(client -> client.closeIfIdle(now));
                sweepLater();
            });
        }
    }

    /** Closes every socket in the sandbox's namespace, at once. */
    void close() {
        if (udpWatch != null) {
            udpWatch.end();
        }
        if (listenerWatch != null) {
            listenerWatch.end();
        }
        udp.close();
        if (listener != null) {
            listener.close();
        }
        Set.copyOf(clients).forEach(TcpClient::close);
    }
}
