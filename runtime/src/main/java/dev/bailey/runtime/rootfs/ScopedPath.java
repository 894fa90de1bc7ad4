package dev.bailey.runtime.rootfs;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Paths inside a tree, followed as a process would that has the tree as its root: {@code /} is the tree, {@code ..}
 * stops there, and a symbolic link never leads out.
 *
 * <p>The tree must not change meanwhile: it belongs to the caller, or nothing runs in it yet.
 */
public final class ScopedPath {
    private static final int MAX_LINKS = 255;

    private ScopedPath() {}

    /**
     * The host path behind a path of the tree, every link followed; what does not exist is taken as written.
     *
     * @param root the tree
     * @param inside the path in it, absolute or relative to its top
     */
    public static Path resolve(Path root, String inside) throws IOException {
        return walk(root, inside, true);
    }

    /**
     * The same, but a link in the last place is not followed.
     *
     * @param root the tree
     * @param inside the path in it, absolute or relative to its top
     */
    public static Path resolveParent(Path root, String inside) throws IOException {
        return walk(root, inside, false);
    }

    private static Path walk(Path root, String inside, boolean followLast) throws IOException {
        Deque<String> todo = new ArrayDeque<>();
        push(todo, inside);
        Path here = root;
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (name.equals("..")) {
                here = here.equals(root) ? root : parentOf(here);
                continue;
            }
            Path next = here.resolve(name);
            if (!Files.isSymbolicLink(next) || (todo.isEmpty() && !followLast)) {
                here = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new FileSystemLoopException(inside + ": too many symbolic links");
            }
            String target = Files.readSymbolicLink(next).toString();
            here = target.startsWith("/") ? root : here;
            push(todo, target);
        }
        return here;
    }

    private static Path parentOf(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static void push(Deque<String> todo, String path) {
        String[] names = path.split("/");
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].isEmpty() && !names[i].equals(".")) {
                todo.push(names[i]);
            }
        }
    }
}
