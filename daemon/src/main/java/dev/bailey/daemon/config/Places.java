package dev.bailey.daemon.config;

import java.nio.file.Path;

/**
 * The files that hold settings.
 *
 * @param configFile the daemon's own file, unless another is named
 * @param defaults the file with {@code BAILEY_OPTS}
 * @param dockerConfigFile Docker's file
 * @param dockerDefaults the file with {@code DOCKER_OPTS}
 */
public record Places(Path configFile, Path defaults, Path dockerConfigFile, Path dockerDefaults) {
    /** The files of this machine. */
    public static final Places OF_THIS_MACHINE = below(Path.of("/etc"));

    /** Returns the files below a folder that is like {@code /etc}. */
    public static Places below(Path etc) {
        return new Places(
                etc.resolve("bailey/daemon.json"),
                etc.resolve("default/bailey"),
                etc.resolve("docker/daemon.json"),
                etc.resolve("default/docker"));
    }
}
