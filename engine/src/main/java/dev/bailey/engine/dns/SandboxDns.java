package dev.bailey.engine.dns;

import java.util.Objects;
import java.util.Optional;

/**
 * The resolver's settings for a sandbox.
 *
 * @param settings the settings
 * @param warning one line for the operator, when names will not resolve
 */
public record SandboxDns(ResolvConf settings, Optional<String> warning) {
    /** Checks that nothing is missing. */
    public SandboxDns {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(warning, "warning");
    }

    /** The text of the sandbox's resolv.conf; the warning stands in it as a comment. */
    public String text() {
        return warning.map(line -> "# " + line + "\n").orElse("") + settings.text();
    }
}
