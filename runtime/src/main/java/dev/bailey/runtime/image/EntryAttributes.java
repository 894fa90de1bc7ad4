package dev.bailey.runtime.image;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Gives unpacked files what their tar entries say: owner, mode, attributes, time, and nodes that are no files. */
interface EntryAttributes {
    /** Sets owner, mode, extended attributes and time of a file; of a link only owner and time. */
    void set(Path file, TarArchiveEntry entry) throws IOException;

    /** Sets the time only. */
    void setTime(Path file, TarArchiveEntry entry) throws IOException;

    /** Makes a device node or a named pipe. */
    void makeNode(Path file, TarArchiveEntry entry) throws IOException;
}
