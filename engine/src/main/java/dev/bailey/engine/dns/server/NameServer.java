package dev.bailey.engine.dns.server;

import dev.bailey.engine.dns.DnsOverrides;
import dev.bailey.engine.dns.LocalNames;
import dev.bailey.engine.dns.SandboxResolvers;
import dev.bailey.engine.dns.ServicePorts;
import dev.bailey.engine.model.Sandbox;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.linux.LinuxException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resolvers of all sandboxes that have one, on a thread of their own: it reads the engine's snapshot and nothing else of
 * the engine, so names resolve while the engine is busy.
 */
public final class NameServer implements SandboxResolvers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NameServer.class);

    private static final CompletableFuture<Void> NOTHING = CompletableFuture.completedFuture(null);
    private static final long HOST_CACHE_BYTES = 8L << 20;
    private static final long SANDBOX_CACHE_BYTES = 1L << 20;

    private final Supplier<Snapshot> snapshots;
    private final Function<SandboxId, DnsOverrides> overrides;
    private final EventLoop loop;
    /** Those that are to have a resolver, each with the end of its opening. Guarded by itself; the loop comes after. */
    private final Map<SandboxId, CompletableFuture<Void>> wanted = new HashMap<>();

    private final Inside inside;
    /** Made when a sandbox is first served; for the loop's thread. */
    private SandboxServer.@Nullable Memory memory;

    private NameServer(
            Supplier<Snapshot> snapshots, Function<SandboxId, DnsOverrides> overrides, EventLoop loop, Inside inside) {
        this.snapshots = snapshots;
        this.overrides = overrides;
        this.loop = loop;
        this.inside = inside;
    }

    /** What belongs to the loop's thread. */
    private record Inside(
            Visitor visitor, HostUpstreams host, Resolver resolver, Map<SandboxId, SandboxServer> servers) {}

    /**
     * Starts without a sandbox, on a thread in the network namespace of the calling one; {@link #follow} brings them.
     *
     * @param snapshots what exists at any moment
     * @param overrides what was asked for in the place of the host's servers, for one sandbox; asked when its resolver opens
     * @param resolvConf the host's file
     */
    public static NameServer start(
            Supplier<Snapshot> snapshots, Function<SandboxId, DnsOverrides> overrides, Path resolvConf) {
        try {
            Visitor visitor = Visitor.fromHere();
            EventLoop loop = EventLoop.start("bailey-names");
            Resolver resolver = new Resolver(loop, snapshots, new LocalNames(ServicePorts::ofHost));
            HostUpstreams host = new HostUpstreams(resolvConf, HOST_CACHE_BYTES);
            Inside inside = new Inside(visitor, host, resolver, new HashMap<>());
            return new NameServer(snapshots, overrides, loop, inside);
        } catch (LinuxException refusal) {
            throw new UncheckedIOException(refusal);
        }
    }

    @Override
    public CompletableFuture<Void> follow(SandboxId sandbox) {
        synchronized (wanted) {
            boolean served = LocalNames.isServed(snapshots.get(), sandbox);
            CompletableFuture<Void> opening = wanted.get(sandbox);
            if (served && opening != null) {
                return opening;
            }
            if (!served && opening == null) {
                return NOTHING;
            }
            CompletableFuture<Void> done = new CompletableFuture<>();
            if (served) {
                wanted.put(sandbox, done);
            } else {
                wanted.remove(sandbox);
            }
            execute(() -> change(sandbox, served, done), done);
            return done;
        }
    }

    private void execute(Runnable task, CompletableFuture<Void> done) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException closed) {
            done.complete(null);
        }
    }

    private void change(SandboxId id, boolean served, CompletableFuture<Void> done) {
        try {
            if (served) {
                open(id);
            } else {
                close(id);
            }
        } catch (LinuxException | RuntimeException failure) {
            Optional<Sandbox> sandbox = snapshots.get().sandbox(id);
            String name = sandbox.map(Sandbox::name).orElse(id.shortForm());
            LOG.warn("names do not resolve in {}: {}", name, failure.getMessage());
            synchronized (wanted) {
                wanted.remove(id, done);
            }
        } finally {
            done.complete(null);
        }
    }

    private void open(SandboxId id) throws LinuxException {
        Snapshot snapshot = snapshots.get();
        Optional<Sandbox> sandbox = snapshot.sandbox(id);
        if (sandbox.isPresent() && !inside.servers.containsKey(id)) {
            UpstreamGroup upstreams = upstreams(sandbox.get());
            boolean byTcp = !LocalNames.listensItself(snapshot, id);
            inside.servers.put(
                    id,
                    SandboxServer.open(
                            loop, inside.visitor, sandbox.get(), byTcp, upstreams, inside.resolver, memory()));
        }
    }

    private SandboxServer.Memory memory() {
        SandboxServer.Memory made = memory;
        if (made == null) {
            made = new SandboxServer.Memory();
            memory = made;
        }
        return made;
    }

    private UpstreamGroup upstreams(Sandbox sandbox) {
        List<InetSocketAddress> named =
                HostUpstreams.addresses(overrides.apply(sandbox.id()).nameservers());
        return named.isEmpty()
                ? inside.host
                : new SandboxUpstreams(inside.visitor, sandbox, named, SANDBOX_CACHE_BYTES);
    }

    private void close(SandboxId id) {
        SandboxServer server = inside.servers.remove(id);
        if (server != null) {
            server.close();
            if (server.upstreams() != inside.host) {
                server.upstreams().close();
            }
        }
    }

    /** Closes every socket and ends the thread. */
    @Override
    public void close() {
        try {
            loop.execute(() -> {
                List.copyOf(inside.servers.keySet()).forEach(this::close);
                inside.host.close();
            });
        } catch (RejectedExecutionException already) {
            return;
        }
        loop.close();
        inside.visitor.close();
    }
}
