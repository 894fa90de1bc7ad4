package dev.bailey.engine.model;

import java.nio.file.Path;
import java.util.Objects;

/**
 * The network stack of one container, or of whatever else lives in a network namespace.
 *
 * @param id its id; a container's sandbox has the container's
 * @param name the name people know it by, unique among sandboxes: 1 to 255 characters without slash, white space and
 *     control characters
 * @param netns an absolute path at which the namespace can be opened
 * @param netnsInode the namespace's inode, by which it is told apart from another one later at the same path
 * @param owned whether the engine made the namespace and removes it with the sandbox
 */
public record Sandbox(SandboxId id, String name, Path netns, long netnsInode, boolean owned) {
    private static final int MAX_NAME_LENGTH = 255;

    /** Checks the parts. */
    public Sandbox {
        Objects.requireNonNull(id, "id");
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || Text.hasAny(name, Sandbox::isRefused)) {
            throw Text.bad(
                    name,
                    "is not a sandbox name: it has 1 to " + MAX_NAME_LENGTH
                            + " characters and no '/', white space or control characters");
        }
        if (!netns.isAbsolute()) {
            throw Text.bad(netns.toString(), "is not the path of a namespace: it must be absolute");
        }
        if (netnsInode < 1) {
            throw new IllegalArgumentException(netnsInode + " is not an inode: they start at 1");
        }
    }

    private static boolean isRefused(int c) {
        return c == '/' || Character.isISOControl(c) || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
