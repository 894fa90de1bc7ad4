package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.linux.Errno;
import dev.bailey.linux.LinuxException;
import dev.bailey.netlink.route.Link;
import dev.bailey.netlink.route.RouteConnection;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Interface indexes: of links by name, and new ones for links to be made.
 *
 * <p>For tasks of the writer, one at a time. O(1), but for the first new one, which looks at what is there.
 */
final class LinkIndexes {
    private final RouteConnection route;
    private final Map<InterfaceName, Integer> remembered = new HashMap<>();
    private int last;

    LinkIndexes(RouteConnection route) {
        this.route = route;
    }

    /** Asks the kernel for a link's index, and remembers it. */
    int of(InterfaceName name) throws IOException {
        int index = look(route, name.value());
        remembered.put(name, index);
        return index;
    }

    /** The index that a link had when it was last looked up; it is looked up when it never was. */
    int remembered(InterfaceName name) throws IOException {
        Integer known = remembered.get(name);
        return known == null ? of(name) : known;
    }

    /** Asks the kernel behind a connection for a link's index. */
    static int look(RouteConnection route, String name) throws IOException {
        return route.link(name)
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
