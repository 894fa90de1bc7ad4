package dev.bailey.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The mounts of this process's mount namespace, as {@code /proc/self/mountinfo} (proc(5)) tells them. */
final class MountTable {
    private static final Path SOURCE = Path.of("/proc/self/mountinfo");

    private MountTable() {}

    /** One mount. {@code root} is the part of the file system that is mounted. */
    record Mount(Path target, String type, String root) {
        /** The inode of the network namespace that is bound here, if that is what this mount is. */
        OptionalLong networkNamespace() {
            return type.equals("nsfs") ? NamespaceLink.inode(root) : OptionalLong.empty();
        }

        /** The mount as told in a list of what is left. */
        String describe() {
            return "mount " + target + " (" + type + (type.equals("nsfs") ? " " + root : "") + ")";
        }
    }

    /** The mounts on and below a directory, in the order in which they were made. */
    static List<Mount> below(Path directory) {
        try (var lines = Files.lines(SOURCE)) {
            return lines.map(MountTable::parse)
                    .filter(mount -> mount.target().startsWith(directory))
                    .toList();
        } catch (IOException e) {
            throw new LabException("reading " + SOURCE, e);
        }
    }

    // 36 35 98:0 /root /target rw,noatime shared:1 - ext3 /dev/root rw
    static Mount parse(String line) {
        String[] fields = line.split(" ", -1);
        int separator = Arrays.asList(fields).indexOf("-");
        return new Mount(Path.of(unescape(fields[4])), fields[separator + 1], unescape(fields[3]));
    }

    // Blank, tab, newline and backslash stand as three octal digits.
    private static String unescape(String field) {
        return field.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
    }
}
