package dev.bailey.cli.verb;

import dev.bailey.api.container.PortBinding;
import dev.bailey.cli.options.OptionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values of {@code -p} as Docker's API wants them: by the container's ports. Everything else the daemon checks. */
final class PortSpecs {
    private static final String FROM = "from=";

    private PortSpecs() {}

    /**
     * Takes {@code [address:][port:]port[/protocol][,from=subnet[,subnet]…]} apart; a range stays one. Nothing where nothing is
     * given.
     */
    static @Nullable Map<String, List<PortBinding>> bindings(OptionTable table, List<String> specs) {
        if (specs.isEmpty()) {
            return null;
        }
        Map<String, List<PortBinding>> bindings = new TreeMap<>();
        for (String spec : specs) {
            int comma = spec.indexOf(',');
            List<String> sources = comma < 0 ? List.of() : sources(table, spec, spec.substring(comma + 1));
            String ports = comma < 0 ? spec : spec.substring(0, comma);
            int inside = ports.lastIndexOf(':');
            String port = ports.substring(inside + 1);
            String host = inside < 0 ? "" : ports.substring(0, inside);
            int address = host.lastIndexOf(':');
            PortBinding binding = new PortBinding(
                    bare(table, spec, address < 0 ? "" : host.substring(0, address)),
                    host.substring(address + 1),
                    sources);
            bindings.computeIfAbsent(port.contains("/") ? port : port + "/tcp", _ -> new ArrayList<>())
                    .add(binding);
        }
        return bindings;
    }

    private static List<String> sources(OptionTable table, String spec, String text) {
        if (!text.startsWith(FROM)) {
            throw table.usage("-p " + spec + ": behind a comma stands who may use the port, like from=203.0.113.0/24");
        }
        return List.of(text.substring(FROM.length()).replace("," + FROM, ",").split(",", -1));
    }

    private static String bare(OptionTable table, String spec, String address) {
        boolean bracketed = address.startsWith("[") && address.endsWith("]");
        if (!bracketed && address.indexOf(':') >= 0) {
            throw table.usage("-p " + spec + ": an IPv6 address stands in brackets, like -p [2001:db8::1]:8080:80");
        }
        return bracketed ? address.substring(1, address.length() - 1) : address;
    }
}
