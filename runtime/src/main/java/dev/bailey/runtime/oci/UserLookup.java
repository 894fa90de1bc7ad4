package dev.bailey.runtime.oci;

import dev.bailey.runtime.ContainerException;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.rootfs.ScopedPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the numbers behind {@code user[:group]} in a root's own {@code /etc/passwd} and {@code /etc/group}. */
public final class UserLookup {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final long MAX_ID = 0xFFFF_FFFEL;
    private static final long MAX_FILE_BYTES = 4 << 20;

    private final List<String[]> passwd;
    private final List<String[]> group;

    /**
     * A look-up in a mounted root; links in it that point outside are followed inside.
     *
     * @param root the root's folder on the host
     */
    public UserLookup(Path root) {
        passwd = read(root, "/etc/passwd");
        group = read(root, "/etc/group");
    }

    /**
     * The numbers behind a user.
     *
     * @param text {@code user[:group]}, each a name or a number; empty for root
     */
    public OciUser find(String text) {
        String[] parts = text.split(":", 2);
        String userText = parts[0].isEmpty() ? "0" : parts[0];
        Optional<String[]> entry = passwd.stream()
                .filter(fields -> fields.length > 3 && (fields[0].equals(userText) || fields[2].equals(userText)))
                .findFirst();
        long uid = entry.map(fields -> fields[2])
                .or(() -> Optional.of(userText).filter(NUMBER.asMatchPredicate()))
                .map(number -> id(number, text))
                .orElseThrow(() -> missing("user", userText, "passwd"));
        if (parts.length == 2 && !parts[1].isEmpty()) {
            return new OciUser(uid, groupId(parts[1], text), List.of());
        }
        long gid = entry.map(fields -> id(fields[3], text)).orElse(0L);
        return new OciUser(
                uid, gid, entry.map(fields -> memberships(fields[0], text)).orElse(List.of()));
    }

    private long groupId(String name, String text) {
        return group.stream()
                .filter(fields -> fields.length > 2 && fields[0].equals(name))
                .map(fields -> fields[2])
                .findFirst()
                .or(() -> Optional.of(name).filter(NUMBER.asMatchPredicate()))
                .map(number -> id(number, text))
                .orElseThrow(() -> missing("group", name, "group"));
    }

    private List<Long> memberships(String user, String text) {
        return group.stream()
                .filter(fields ->
                        fields.length > 3 && List.of(fields[3].split(",")).contains(user))
                .map(fields -> id(fields[2], text))
                .toList();
    }

    private static long id(String number, String text) {
        long id = NUMBER.matcher(number).matches() ? Long.parseLong(number) : -1;
        if (id < 0 || id > MAX_ID) {
            throw new ContainerException(
                    Kind.INVALID_ARGUMENT, "invalid user \"" + text + "\": ids go from 0 to " + MAX_ID);
        }
        return id;
    }

    private static ContainerException missing(String what, String name, String file) {
        return new ContainerException(
                Kind.INVALID_ARGUMENT,
                "unable to find " + what + " " + name + ": no matching entries in " + file + " file");
    }

    private static List<String[]> read(Path root, String file) {
        try {
            Path path = ScopedPath.resolve(root, file);
            if (!Files.isRegularFile(path) || Files.size(path) > MAX_FILE_BYTES) {
                return List.of();
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(":", -1))
                    .toList();
        } catch (IOException unreadable) {
            throw new ContainerException(
                    Kind.INTERNAL, "cannot read " + file + " of the image: " + unreadable, unreadable);
        }
    }
}
