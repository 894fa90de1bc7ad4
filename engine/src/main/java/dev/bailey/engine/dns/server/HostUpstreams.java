package dev.bailey.engine.dns.server;

import dev.bailey.engine.dns.ResolvConf;
import dev.bailey.linux.LinuxException;
import dev.bailey.linux.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's own servers, asked from the host's namespace, so that one on the host's loopback serves as well.
 *
 * <p>Their file is looked at when somebody is to be asked, at most once a second: idle sandboxes cost nothing.
 */
final class HostUpstreams extends UpstreamGroup {
    private static final Logger LOG = LoggerFactory.getLogger(HostUpstreams.class);

    private static final int DNS_PORT = 53;
    private static final int MAX_SERVERS = 3;
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final Path file;
    private List<InetSocketAddress> servers = List.of();
    private @Nullable Stamp stamp;
    private long lookedNanos;
    private boolean looked;

    /** Tells one content of the file from the next. */
    private record Stamp(
            FileTime modified, long bytes, @Nullable Object key) {}

    HostUpstreams(Path file, long cacheBytes) {
        super(cacheBytes);
        this.file = file;
    }

    @Override
    List<InetSocketAddress> servers(long nowNanos) {
        if (!looked || nowNanos - lookedNanos >= LOOK_NANOS) {
            looked = true;
            lookedNanos = nowNanos;
            look();
        }
        return servers;
    }

    private void look() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Stamp now = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            if (now.equals(stamp)) {
                return;
            }
            List<InetSocketAddress> read =
                    addresses(ResolvConf.parse(Files.readString(file)).nameservers());
            stamp = now;
            if (!read.equals(servers)) {
                LOG.info("sandboxes' questions go to {} ({})", text(read), file);
                servers = read;
                forget();
            }
        } catch (IOException unreadable) {
            // Whoever rewrites the file may take it away for a moment; the servers of before are the best guess.
            if (stamp != null) {
                LOG.warn("cannot read {}, so the servers stay as they were: {}", file, unreadable.toString());
                stamp = null;
            }
        }
    }

    private static String text(List<InetSocketAddress> servers) {
        List<String> addresses = servers.stream()
                .map(server -> server.getAddress().getHostAddress())
                .toList();
        return addresses.isEmpty() ? "nobody" : String.join(", ", addresses);
    }

    /** The first few of these servers, without those whose address cannot be read. */
    static List<InetSocketAddress> addresses(List<String> nameservers) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (String nameserver : nameservers) {
            try {
                addresses.add(new InetSocketAddress(InetAddress.ofLiteral(nameserver), DNS_PORT));
            } catch (IllegalArgumentException unknown) {
                LOG.warn("nameserver {} is passed over: {}", nameserver, unknown.getMessage());
            }
        }
        return addresses.stream().distinct().limit(MAX_SERVERS).toList();
    }

    @Override
    <T> T inPlace(Task<T, LinuxException> task) throws LinuxException {
        return task.run();
    }
}
