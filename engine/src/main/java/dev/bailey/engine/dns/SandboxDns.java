package dev.bailey.engine.dns;

import java.util.Objects;
import java.util.Optional;

/**
 * The resolver's settings for a sandbox.
 *
 * @param settings the settings
 * @param warning one line for the operator, when names will not resolve
 * @param note one line for whoever reads the file
 */
public record SandboxDns(ResolvConf settings, Optional<String> warning, Optional<String> note) {
    /** Checks that nothing is missing. */
    public SandboxDns {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(warning, "warning");
        Objects.requireNonNull(note, "note");
    }

    /** The text of the sandbox's resolv.conf; warning and note stand in it as comments. */
    public String text() {
        return comment(warning) + settings.text() + comment(note);
    }

    private static String comment(Optional<String> line) {
        return line.map(text -> "# " + text + "\n").orElse("");
    }
}
