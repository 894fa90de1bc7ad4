package dev.bailey.daemon.docker;

import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.InterfaceSettings;
import dev.bailey.runtime.ContainerNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The driver options of an endpoint: those of Docker's bridge driver, and our own, which Docker has no word for.
 *
 * @param rateIn what may come to it in a second
 * @param rateOut what may leave it in a second
 * @param egress how its packets leave the host, as {@link Egress} reads it
 * @param interfaceName the name of its interface in the container
 * @param settings what that interface is set to
 */
record EndpointOptions(
        Optional<String> rateIn,
        Optional<String> rateOut,
        List<String> egress,
        Optional<String> interfaceName,
        InterfaceSettings settings) {
    private static final String INTERFACE = "com.docker.network.endpoint.ifname";
    private static final String SETTINGS = "com.docker.network.endpoint.sysctls";
    private static final String RATE_IN = "dev.bailey.endpoint.rate_in";
    private static final String RATE_OUT = "dev.bailey.endpoint.rate_out";
    private static final String EGRESS = "dev.bailey.egress.";
    private static final String ALLOW = EGRESS + "allow";
    private static final String IP = EGRESS + "ip";
    private static final Set<String> SEVERAL = Set.of(ALLOW, IP);
    private static final String BETWEEN = ",";
    private static final Set<String> KNOWN = new TreeSet<>(
            List.of(INTERFACE, SETTINGS, RATE_IN, RATE_OUT, ALLOW, EGRESS + "uplink", EGRESS + "table", IP));

    /**
     * Options out of a request.
     *
     * @throws HttpFailure 400 naming the first that is not known or is written wrong
     */
    static EndpointOptions of(@Nullable Map<String, String> given) {
        Map<String, String> options = Objects.requireNonNullElse(given, Map.of());
        for (String name : new TreeSet<>(options.keySet())) {
            if (!KNOWN.contains(name)) {
                throw HttpFailure.badRequest(
                        "unknown option " + name + ": an endpoint has " + String.join(", ", KNOWN));
            }
        }
        return new EndpointOptions(
                value(options, RATE_IN, text -> BitRate.parse(text).toString()),
                value(options, RATE_OUT, text -> BitRate.parse(text).toString()),
                egress(options),
                value(options, INTERFACE, text -> new InterfaceName(text).value()),
                value(options, SETTINGS, text -> InterfaceSettings.parse(List.of(text.split(BETWEEN, -1))))
                        .orElse(InterfaceSettings.NONE));
    }

    private static List<String> egress(Map<String, String> options) {
        List<String> words = new ArrayList<>();
        new TreeMap<>(options).forEach((name, value) -> {
            if (name.startsWith(EGRESS) && !value.isEmpty()) {
                for (String each : SEVERAL.contains(name) ? value.split(BETWEEN, -1) : new String[] {value}) {
                    words.add(name.substring(EGRESS.length()) + "=" + each);
                }
            }
        });
        try {
            return Egress.parse(words).words();
        } catch (IllegalArgumentException bad) {
            throw HttpFailure.badRequest("options " + EGRESS + "*: " + bad.getMessage());
        }
    }

    private static <T> Optional<T> value(Map<String, String> options, String name, Function<String, T> parse) {
        try {
            return Optional.ofNullable(options.get(name))
                    .filter(text -> !text.isEmpty())
                    .map(parse);
        } catch (IllegalArgumentException bad) {
            throw HttpFailure.badRequest("option " + name + ": " + bad.getMessage());
        }
    }

    /** What is asked for on a network, as options; null for nothing. */
    static @Nullable Map<String, String> print(ContainerNetwork network) {
        Map<String, String> options = new TreeMap<>();
        network.rateIn().ifPresent(rate -> options.put(RATE_IN, rate));
        network.rateOut().ifPresent(rate -> options.put(RATE_OUT, rate));
        network.interfaceName().ifPresent(name -> options.put(INTERFACE, name));
        if (!network.settings().isEmpty()) {
            options.put(SETTINGS, String.join(BETWEEN, network.settings()));
        }
        printEgress(network.egress(), options);
        return options.isEmpty() ? null : options;
    }

    private static void printEgress(List<String> egress, Map<String, String> options) {
        for (String word : egress) {
            int equals = word.indexOf('=');
            options.merge(
                    EGRESS + word.substring(0, equals),
                    word.substring(equals + 1),
                    (before, more) -> before + BETWEEN + more);
        }
    }
}
