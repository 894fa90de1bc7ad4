package dev.bailey.runtime.image;

import dev.bailey.linux.ExtendedAttributes;
import dev.bailey.linux.SpecialFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attributes as Linux has them. Without root, owners and nodes stay out, for tests of everything else. */
final class UnixEntryAttributes implements EntryAttributes {
    private static final Logger LOG = LoggerFactory.getLogger(UnixEntryAttributes.class);
    private static final int MODE_BITS = 07777;
    private static final String XATTR_HEADER = "SCHILY.xattr.";
    private static final char REPLACEMENT = '\uFFFD';

    private final boolean root = "root".equals(System.getProperty("user.name"));

    @Override
    public void set(Path file, TarArchiveEntry entry) throws IOException {
        if (root) {
            Files.setAttribute(file, "unix:uid", (int) entry.getLongUserId(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", (int) entry.getLongGroupId(), LinkOption.NOFOLLOW_LINKS);
        }
        if (!entry.isSymbolicLink()) {
            // After the owner: changing that clears the set-uid bit and capabilities.
            Files.setAttribute(file, "unix:mode", entry.getMode() & MODE_BITS);
            setExtended(file, entry);
        }
        setTime(file, entry);
    }

    @Override
    public void setTime(Path file, TarArchiveEntry entry) throws IOException {
        if (entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice()) {
            // Java opens a file to set its time: a pipe would block, a device might act.
            return;
        }
        FileTime time = entry.getLastModifiedTime();
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, time, null);
    }

    @Override
    public void makeNode(Path file, TarArchiveEntry entry) throws IOException {
        if (entry.isFIFO()) {
            SpecialFiles.makePipe(file);
        } else if (root) {
            SpecialFiles.makeDevice(file, entry.isBlockDevice(), entry.getDevMajor(), entry.getDevMinor());
        }
    }

    // Of the attributes only those that mean something inside a container; overlayfs's own would hide files.
    private static void setExtended(Path file, TarArchiveEntry entry) throws IOException {
        for (Map.Entry<String, String> header : entry.getExtraPaxHeaders().entrySet()) {
            String name =
                    header.getKey().startsWith(XATTR_HEADER) ? header.getKey().substring(XATTR_HEADER.length()) : "";
            if (!name.equals("security.capability") && !name.startsWith("user.")) {
                continue;
            }
            if (header.getValue().indexOf(REPLACEMENT) >= 0) {
                LOG.warn("attribute {} of \"{}\" in the image is not text and is left out", name, entry.getName());
                continue;
            }
            ExtendedAttributes.set(file, name, header.getValue().getBytes(StandardCharsets.UTF_8));
        }
    }
}
