package dev.bailey.daemon.main;

import java.util.Objects;

/** The version of this build, as the jar's manifest has it. */
final class DaemonVersion {
    private DaemonVersion() {}

    /** The version, {@code dev} when the classes run outside of their jar. */
    static String text() {
        return Objects.requireNonNullElse(DaemonVersion.class.getPackage().getImplementationVersion(), "dev");
    }
}
