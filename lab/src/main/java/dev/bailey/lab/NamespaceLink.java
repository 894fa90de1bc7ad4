package dev.bailey.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text by which {@code /proc} names a network namespace: {@code net:[4026531840]}. */
final class NamespaceLink {
    private static final Pattern FORM = Pattern.compile("net:\\[(\\d+)]");

    private NamespaceLink() {}

    /** The inode in such a text; none when the text is another. */
    static OptionalLong inode(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** The inode that a symbolic link names; none when the link is another or has gone meanwhile, as a process may. */
    static OptionalLong read(Path link) {
        try {
            return inode(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
