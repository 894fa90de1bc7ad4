package dev.bailey.runtime.rootfs;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whole trees of files. */
public final class Trees {
    private static final Logger LOG = LoggerFactory.getLogger(Trees.class);
    private static final String DISCARDED = ".discarded-";

    private Trees() {}

    /**
     * Removes a tree that others may still write into: its name is free at once, and what cannot be removed now goes
     * with the next {@link #sweepDiscarded}.
     *
     * @param tree a folder; no error when it is not there
     */
    public static void discard(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path discarded = tree.resolveSibling(DISCARDED + tree.getFileName() + "-" + System.nanoTime());
        Files.move(tree, discarded);
        try {
            delete(discarded);
        } catch (DirectoryNotEmptyException busy) {
            LOG.debug("left for later: {}", discarded, busy);
        }
    }

    /** Removes what {@link #discard} could not. */
    public static void sweepDiscarded(Path folder) throws IOException {
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, DISCARDED + "*")) {
            stream.forEach(left::add);
        }
        for (Path tree : left) {
            delete(tree);
        }
    }

    /**
     * Removes a tree, links as links; no error when it is not there. Nothing may be mounted in it.
     *
     * @param tree a folder, or any other file
     */
    public static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null && !(failure instanceof NoSuchFileException)) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
