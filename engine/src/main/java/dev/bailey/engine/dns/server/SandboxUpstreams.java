package dev.bailey.engine.dns.server;

import dev.bailey.engine.model.Sandbox;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.Task;
import java.net.InetSocketAddress;
import java.util.List;

/** Servers that somebody named for one sandbox, asked from inside it: its rules and routes hold for its questions as well. */
final class SandboxUpstreams extends UpstreamGroup {
    private final Visitor visitor;
    private final Sandbox sandbox;
    private final List<InetSocketAddress> servers;

    SandboxUpstreams(Visitor visitor, Sandbox sandbox, List<InetSocketAddress> servers, long cacheBytes) {
        super(cacheBytes);
        this.visitor = visitor;
        this.sandbox = sandbox;
        this.servers = servers;
    }

    @Override
    List<InetSocketAddress> servers(long nowNanos) {
        return servers;
    }

    @Override
    <T> T inPlace(Task<T, LinuxException> task) throws LinuxException {
        return visitor.inside(sandbox, task);
    }
}
