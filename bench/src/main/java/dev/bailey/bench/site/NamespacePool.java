package dev.bailey.bench.site;

import dev.bailey.linux.NetworkNamespace;
import dev.bailey.linux.Sysctl;
import dev.bailey.linux.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The network namespaces that a contender attaches: bound to files and made before any clock starts.
 *
 * <p>Grown by one thread, read by any afterwards.
 */
public final class NamespacePool implements AutoCloseable {
    private final Path folder;
    private final String prefix;
    private final boolean ipv6;
    private final List<Path> paths = new ArrayList<>();

    /**
     * Begins an empty pool.
     *
     * @param folder where the files go
     * @param prefix what their names begin with
     * @param ipv6 whether interfaces that come into the namespaces get IPv6 addresses, as the kernel has it
     */
    public NamespacePool(Path folder, String prefix, boolean ipv6) {
        this.folder = folder;
        this.prefix = prefix;
        this.ipv6 = ipv6;
    }

    /** Makes namespaces until there are {@code count}. */
    public void grow(int count) throws IOException {
        while (paths.size() < count) {
            Path path = folder.resolve(prefix + paths.size());
            try (NetworkNamespace namespace = NetworkNamespace.create()) {
                namespace.bindTo(path);
                paths.add(path);
                if (!ipv6) {
                    Task<Boolean, IOException> disable = () -> {
                        Sysctl.write("net.ipv6.conf.default.disable_ipv6", "1");
                        return true;
                    };
                    namespace.call(disable);
                }
            }
        }
    }

    /** Returns the file of a namespace. */
    public Path path(int index) {
        return paths.get(index);
    }

    /** Takes all names away; the namespaces go when nobody is left in them. */
    @Override
    public void close() throws IOException {
        for (Path path : paths) {
            NetworkNamespace.unbind(path);
        }
        paths.clear();
    }
}
