package dev.bailey.engine.kernel.linux;

import dev.bailey.netlink.route.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The IPv6 default routes that the kernel has from routers which advertised themselves. Netlink says of a route who made it,
 * but a program that listens in the kernel's stead says the same; the flags of {@code /proc/net/ipv6_route} do not.
 */
final class AdvertisedRoutes {
    private static final Path ROUTES = Path.of("/proc/thread-self/net/ipv6_route");
    /** The columns, net/ipv6/route.c: destination, length, source, length, next hop, metric, two counters, flags, link. */
    private static final int NEXT_HOP = 4;

    private static final int METRIC = 5;
    private static final int FLAGS = 8;
    private static final int COLUMNS = 10;
    /** RTF_DEFAULT of linux/ipv6_route.h: "default - learned via ND". */
    private static final int LEARNED = 0x0001_0000;

    private final Set<String> hops;

    private AdvertisedRoutes(Set<String> hops) {
        this.hops = hops;
    }

    /** Those of the calling thread's namespace; O(its IPv6 routes). */
    static AdvertisedRoutes read() throws IOException {
        try (Stream<String> lines = Files.lines(ROUTES)) {
            return new AdvertisedRoutes(lines.map(line -> line.strip().split(" +"))
                    .filter(columns -> columns.length == COLUMNS)
                    .filter(columns -> (Integer.parseUnsignedInt(columns[FLAGS], 16) & LEARNED) != 0)
                    .map(columns -> hop(columns[NEXT_HOP], Integer.parseUnsignedInt(columns[METRIC], 16)))
                    .collect(Collectors.toSet()));
        } catch (NoSuchFileException noIpv6) {
            return new AdvertisedRoutes(Set.of());
        }
    }

    private static String hop(String address, int metric) {
        return address + " " + Integer.toUnsignedString(metric);
    }

    /** Whether a default route is one of them. */
    boolean contain(Route route) {
        return route.gateway()
                .map(InetAddress::getAddress)
                .map(HexFormat.of()::formatHex)
                .filter(address -> hops.contains(hop(address, route.metric())))
                .isPresent();
    }
}
