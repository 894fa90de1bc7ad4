package dev.bailey.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Request targets: versioned paths whose parts are encoded, and their queries. */
public final class Targets {
    /** The newest version of the API that client and daemon share. */
    static final String VERSION = "/v1.51";

    private Targets() {}

    /** Returns the target of {@code /containers/…}; each part may be any text. */
    public static String containers(String... parts) {
        return path("/containers", parts);
    }

    /** Returns the target of {@code /exec/…}. */
    public static String exec(String... parts) {
        return path("/exec", parts);
    }

    /** Returns the target of {@code /networks/…}. */
    public static String networks(String... parts) {
        return path("/networks", parts);
    }

    /** Returns the target of {@code /images/…}; the slashes of an image's name stay slashes. */
    public static String images(String... parts) {
        return path("/images", parts).replace("%2F", "/");
    }

    /** Returns the target of a path without changing parts, {@code /version} for one. */
    public static String fixed(String path) {
        return VERSION + path;
    }

    private static String path(String base, String... parts) {
        StringBuilder target = new StringBuilder(VERSION).append(base);
        for (String part : parts) {
            target.append('/').append(encode(part));
        }
        return target.toString();
    }

    /** Returns a target with one more name and value in its query. */
    public static String with(String target, String name, Object value) {
        return target + (target.indexOf('?') < 0 ? '?' : '&') + name + '=' + encode(value.toString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
