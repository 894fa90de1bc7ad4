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
    private PortSpecs() {}

    /** Takes {@code [address:][port:]port[/protocol]} apart; a range stays one. Nothing where nothing is given. */
    static @Nullable Map<String, List<PortBinding>> bindings(OptionTable table, List<String> specs) {
        if (specs.isEmpty()) {
            return null;
        }
        Map<String, List<PortBinding>> bindings = new TreeMap<>();
        for (String spec : specs) {
            if (spec.contains(",")) {
                throw table.usage(
                        "-p " + spec + ": who may use a port cannot be set yet, leave it out from the comma on");
            }
            int inside = spec.lastIndexOf(':');
            String port = spec.substring(inside + 1);
            String host = inside < 0 ? "" : spec.substring(0, inside);
            int address = host.lastIndexOf(':');
            PortBinding binding =
                    new PortBinding(bare(address < 0 ? "" : host.substring(0, address)), host.substring(address + 1));
            bindings.computeIfAbsent(port.contains("/") ? port : port + "/tcp", _ -> new ArrayList<>())
                    .add(binding);
        }
        return bindings;
    }

    private static String bare(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
