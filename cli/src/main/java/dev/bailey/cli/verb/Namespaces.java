package dev.bailey.cli.verb;

import java.nio.file.Files;
import java.nio.file.Path;

/** Network namespaces as people name them: by a path, or as ip-netns(8) does. */
final class Namespaces {
    private static final Path NAMED = Path.of("/run/netns");

    private Namespaces() {}

    /** Tells whether the text can only mean a network namespace: it is a path, or ip-netns(8) knows it. */
    static boolean isNamespace(String text) {
        return text.indexOf('/') >= 0 || Files.exists(NAMED.resolve(text));
    }

    /** Returns the absolute path of the namespace that the text means; whether it exists the daemon tells. */
    static String pathOf(String text) {
        return text.indexOf('/') >= 0
                ? Context.absolute(text)
                : NAMED.resolve(text).toString();
    }
}
