package dev.bailey.daemon.docker;

import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.Egress;
import dev.bailey.engine.model.Endpoint;
import dev.bailey.engine.model.RateLimits;
import dev.bailey.runtime.ContainerNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The driver options of an endpoint, which are our own: Docker has no word for them.
 *
 * @param rateIn what may come to it in a second
 * @param rateOut what may leave it in a second
 * @param egress how its packets leave the host, as {@link Egress} reads it
 */
record EndpointOptions(Optional<String> rateIn, Optional<String> rateOut, List<String> egress) {
    private static final String RATE_IN = "dev.bailey.endpoint.rate_in";
    private static final String RATE_OUT = "dev.bailey.endpoint.rate_out";
    private static final String EGRESS = "dev.bailey.egress.";
    private static final String ALLOW = EGRESS + "allow";
    private static final String IP = EGRESS + "ip";
    private static final Set<String> SEVERAL = Set.of(ALLOW, IP);
    private static final String BETWEEN = ",";
    private static final Set<String> KNOWN =
            new TreeSet<>(List.of(RATE_IN, RATE_OUT, ALLOW, EGRESS + "uplink", EGRESS + "table", IP));

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
        return new EndpointOptions(rate(options, RATE_IN), rate(options, RATE_OUT), egress(options));
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

    private static Optional<String> rate(Map<String, String> options, String name) {
        try {
            return Optional.ofNullable(options.get(name))
                    .filter(text -> !text.isEmpty())
                    .map(text -> BitRate.parse(text).toString());
        } catch (IllegalArgumentException bad) {
            throw HttpFailure.badRequest("option " + name + ": " + bad.getMessage());
        }
    }

    /** What is set of an endpoint, as options; null for nothing. */
    static @Nullable Map<String, String> print(Endpoint endpoint) {
        RateLimits limits = endpoint.limits();
        return print(
                limits.in().map(BitRate::toString),
                limits.out().map(BitRate::toString),
                endpoint.egress().words());
    }

    /** What is asked for on a network, as options; null for nothing. */
    static @Nullable Map<String, String> print(ContainerNetwork network) {
        return print(network.rateIn(), network.rateOut(), network.egress());
    }

    private static @Nullable Map<String, String> print(Optional<String> in, Optional<String> out, List<String> egress) {
        Map<String, String> options = new TreeMap<>();
        in.ifPresent(rate -> options.put(RATE_IN, rate));
        out.ifPresent(rate -> options.put(RATE_OUT, rate));
        for (String word : egress) {
            int equals = word.indexOf('=');
            options.merge(
                    EGRESS + word.substring(0, equals),
                    word.substring(equals + 1),
                    (before, more) -> before + BETWEEN + more);
        }
        return options.isEmpty() ? null : options;
    }
}
