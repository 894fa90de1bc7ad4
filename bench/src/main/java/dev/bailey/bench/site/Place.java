package dev.bailey.bench.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of one run, outside the repository: namespaces, sockets, state and logs of all that is started.
 *
 * @param folder an absolute path, without blanks, short enough for the names of sockets below it
 */
public record Place(Path folder) {
    /** The name of a socket takes 107 bytes, and what daemons put below this folder takes 45. */
    private static final int MAX_CHARACTERS = 60;

    /** Checks the path. */
    public Place {
        if (!folder.isAbsolute() || !folder.toString().matches("[\\w./+-]+")) {
            throw new IllegalArgumentException(
                    "the work folder '" + folder + "' must be an absolute path of letters, digits and . / + - _");
        }
        if (folder.toString().length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("the work folder '" + folder + "' is longer than " + MAX_CHARACTERS
                    + " characters: sockets below it could not be bound");
        }
    }

    /** Returns the last part of the path, unique among the runs on this machine. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** Returns the folder that network namespaces are bound in, made if missing. */
    public Path namespaces() throws IOException {
        return sub("netns");
    }

    /** Returns a folder in this one, made if missing. */
    public Path sub(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }
}
