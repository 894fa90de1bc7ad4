package dev.bailey.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The mounts of this process's mount namespace at one moment, in the order that the kernel lists them.
 *
 * @param mounts the mounts
 */
public record MountTable(List<Mount> mounts) {
    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
    private static final int ID_FIELD = 0;
    private static final int PARENT_FIELD = 1;
    private static final int DEVICE_FIELD = 2;
    private static final int ROOT_FIELD = 3;
    private static final int TARGET_FIELD = 4;
    private static final int OPTIONAL_FIELDS = 6;

    /** Copies the list. */
    public MountTable {
        mounts = List.copyOf(mounts);
    }

    /**
     * One mount.
     *
     * @param id the kernel's number of it, taken again when it has gone
     * @param parent the number of the mount that {@code target} is a place of; its own, or one that is not listed, for
     *     the root of the tree
     * @param device major and minor number of the file system's device, such as {@code 254:0}
     * @param root which part of the file system is visible there; of a namespace its kind and inode, {@code
     *     net:[4026532290]}
     * @param target where it is visible
     * @param type the file system's name, such as {@code ext4}; {@code nsfs} for a namespace with a name
     */
    public record Mount(int id, int parent, String device, String root, Path target, String type) {}

    /** Reads the table as it is now; O(its length), so for start and recovery, not for each container. */
    public static MountTable read() throws IOException {
        // A path may hold any bytes: Latin-1 keeps them apart until the escapes are undone.
        return parse(Files.readString(MOUNTINFO, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads text in the format of proc_pid_mountinfo(5).
     *
     * <pre>{@code 36 35 98:0 /root /target rw,noatime [shared:1 ...] - ext3 /dev/root rw,errors=continue}</pre>
     */
    static MountTable parse(String latin1) {
        return new MountTable(latin1.lines().map(MountTable::mount).toList());
    }

    private static Mount mount(String line) {
        List<String> fields = List.of(line.split(" ", -1));
        int separator = fields.subList(Math.min(OPTIONAL_FIELDS, fields.size()), fields.size())
                .indexOf("-");
        int type = OPTIONAL_FIELDS + separator + 1;
        if (separator < 0 || type >= fields.size()) {
            throw new IllegalArgumentException("'" + line + "' is not a line of " + MOUNTINFO);
        }
        try {
            return new Mount(
                    Integer.parseInt(fields.get(ID_FIELD)),
                    Integer.parseInt(fields.get(PARENT_FIELD)),
                    fields.get(DEVICE_FIELD),
                    unescaped(fields.get(ROOT_FIELD)),
                    Path.of(unescaped(fields.get(TARGET_FIELD))),
                    fields.get(type));
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("'" + line + "' is not a line of " + MOUNTINFO, noNumber);
        }
    }

    /** Returns the places at or below a folder where something is mounted, the latest first: the order to unmount in. */
    public List<Path> below(Path folder) {
        List<Path> targets = new ArrayList<>(mounts.stream()
                .map(Mount::target)
                .filter(target -> target.startsWith(folder))
                .toList());
        Collections.reverse(targets);
        return targets;
    }

    /**
     * Returns whether a mount shows just what would be seen at its place without it, apart from what is mounted further
     * down: a folder that was bound to itself, as is done to share the mounts in it. O(the table's length).
     */
    public boolean isBoundToItself(Mount mount) {
        return mounts.stream()
                .filter(each -> each.id() == mount.parent() && each.id() != mount.id())
                .anyMatch(around -> around.device().equals(mount.device())
                        && mount.target().startsWith(around.target())
                        && Path.of(mount.root())
                                .equals(Path.of(around.root())
                                        .resolve(around.target().relativize(mount.target()))));
    }

    /** Returns whether something is mounted at just this place. */
    public boolean isMounted(Path target) {
        return mounts.stream().anyMatch(mount -> mount.target().equals(target));
    }

    // The kernel writes blank, tab, newline and backslash as a backslash and three octal digits.
    private static String unescaped(String latin1) {
        StringBuilder text = new StringBuilder(latin1.length());
        for (int i = 0; i < latin1.length(); i++) {
            if (latin1.charAt(i) == '\\' && i + 3 < latin1.length()) {
                text.append((char) Integer.parseInt(latin1.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(latin1.charAt(i));
            }
        }
        return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
