package dev.bailey.daemon.http;

import dev.bailey.api.ApiVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The routing table: finds the route of a request, with or without a version such as {@code /v1.51} before its path.
 *
 * <p>Costs one hash look-up for a path without parameters, else one comparison for each route that has some.
 */
public final class Router {
    private static final Pattern VERSIONED = Pattern.compile("/v([0-9]{1,4}\\.[0-9]{1,4})(/.*)");

    private final Map<String, Route> literal = new HashMap<>();
    private final List<Route> templates = new ArrayList<>();

    /** A table of these routes; of two that fit one request the earlier counts. */
    public Router(List<Route> routes) {
        for (Route route : routes) {
            if (route.path().isLiteral()) {
                literal.putIfAbsent(key(route.method(), route.path().toString()), route);
            } else {
                templates.add(route);
            }
        }
    }

    /**
     * What a request asks for.
     *
     * @param route the route
     * @param parameters the values of its path's parameters
     * @param version the version of the API that the path names, else the newest
     */
    public record Match(Route route, Map<String, String> parameters, ApiVersion version) {}

    /**
     * Finds the route of a request.
     *
     * @param path decoded, without the query
     * @throws HttpFailure 404 when there is none, 400 when the version is not spoken
     */
    public Match find(String method, String path) {
        Matcher versioned = VERSIONED.matcher(path);
        if (!path.startsWith("/v") || !versioned.matches()) {
            return find(method, path, ApiVersion.NEWEST);
        }
        ApiVersion version =
                ApiVersion.parse(versioned.group(1)).orElseThrow(() -> HttpFailure.notFound("page not found"));
        check(version);
        return find(method, versioned.group(2), version);
    }

    private Match find(String method, String path, ApiVersion version) {
        @Nullable Route exact = literal.get(key(method, path));
        if (exact != null) {
            return new Match(exact, Map.of(), version);
        }
        for (Route route : templates) {
            if (route.method().equals(method)) {
                Optional<Map<String, String>> parameters = route.path().match(path);
                if (parameters.isPresent()) {
                    return new Match(route, parameters.get(), version);
                }
            }
        }
        throw HttpFailure.notFound("page not found");
    }

    /** The two messages are Docker's: its clients look for them. */
    private static void check(ApiVersion version) {
        if (version.compareTo(ApiVersion.OLDEST) < 0) {
            throw HttpFailure.badRequest("client version " + version
                    + " is too old. Minimum supported API version is " + ApiVersion.OLDEST
                    + ", please upgrade your client to a newer version");
        }
        if (version.compareTo(ApiVersion.NEWEST) > 0) {
            throw HttpFailure.badRequest(
                    "client version " + version + " is too new. Maximum supported API version is " + ApiVersion.NEWEST);
        }
    }

    private static String key(String method, String path) {
        return method + " " + path;
    }
}
