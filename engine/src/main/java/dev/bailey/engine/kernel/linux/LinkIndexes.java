package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.linux.Errno;
import dev.bailey.linux.LinuxException;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.RouteConnection;
import java.io.IOException;

/**
 * Interface indexes: of links by name, and new ones for links to be made.
 *
 * <p>Confined to the writer thread. O(1), but for the first new one, which looks at what is there.
 */
final class LinkIndexes {
    private final RouteConnection route;
    private int last;

    LinkIndexes(RouteConnection route) {
        this.route = route;
    }

    int of(InterfaceName name) throws IOException {
        return route.link(name.value())
                .map(Link::index)
                .orElseThrow(() -> new LinuxException("look up", "link " + name, Errno.ENODEV));
    }

    /** Returns an index that was free, as the next one is, when this began; somebody may have taken it since. */
    int next() throws IOException {
        if (last == 0) {
            last = route.links().stream().mapToInt(Link::index).max().orElse(0) + 1;
        } else {
            last += 2;
        }
        return last;
    }
}
