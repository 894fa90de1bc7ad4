package dev.bailey.dist.endtoend;

import java.io.IOException;
import java.nio.file.Path;

/** A program that manages the links of its host, Bailey's among them unless it is told otherwise. */
interface LinkManager {
    /** Gives it the file that Bailey's package has for it; before it is started. */
    void obey(Path packageRoot) throws IOException;

    void start() throws IOException;

    /** Has it take hold of a bridge and of one of its ports, where it has not already. */
    void take(String bridge, String port);

    /** Waits until it has seen a link and has made up its mind to leave it alone. */
    void awaitLookedAt(String link);

    void stop();
}
