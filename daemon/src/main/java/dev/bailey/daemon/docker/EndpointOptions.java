package dev.bailey.daemon.docker;

import dev.bailey.daemon.http.HttpFailure;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.RateLimits;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The driver options of an endpoint, which are our own: Docker has no word for them.
 *
 * @param rateIn what may come to it in a second
 * @param rateOut what may leave it in a second
 */
record EndpointOptions(Optional<String> rateIn, Optional<String> rateOut) {
    private static final String RATE_IN = "dev.bailey.endpoint.rate_in";
    private static final String RATE_OUT = "dev.bailey.endpoint.rate_out";

    /**
     * Options out of a request.
     *
     * @throws HttpFailure 400 naming the first that is not known or is written wrong
     */
    static EndpointOptions of(@Nullable Map<String, String> given) {
        Map<String, String> options = Objects.requireNonNullElse(given, Map.of());
        for (String name : new TreeSet<>(options.keySet())) {
            if (!name.equals(RATE_IN) && !name.equals(RATE_OUT)) {
                throw HttpFailure.badRequest(
                        "unknown option " + name + ": an endpoint has " + RATE_IN + " and " + RATE_OUT);
            }
        }
        return new EndpointOptions(rate(options, RATE_IN), rate(options, RATE_OUT));
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

    /** The limits of an endpoint as options; null for none. */
    static @Nullable Map<String, String> print(RateLimits limits) {
        return print(limits.in().map(BitRate::toString), limits.out().map(BitRate::toString));
    }

    /** Limits as options; null for none. */
    static @Nullable Map<String, String> print(Optional<String> in, Optional<String> out) {
        Map<String, String> options = new TreeMap<>();
        in.ifPresent(rate -> options.put(RATE_IN, rate));
        out.ifPresent(rate -> options.put(RATE_OUT, rate));
        return options.isEmpty() ? null : options;
    }
}
