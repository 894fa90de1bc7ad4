package dev.bailey.runtime.image;

import dev.bailey.runtime.rootfs.ScopedPath;
import dev.bailey.runtime.rootfs.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Applies one layer's tar to a tree that holds the layers below it.
 *
 * <p>A whiteout removes from the tree; where the tree is an overlay, the kernel makes its own kind of whiteout of that.
 * The tar is not trusted: a path with {@code ..} is refused, a link is followed only inside the tree. One object
 * applies one layer, on one thread. OCI image-spec, layer.md.
 */
final class LayerUnpacker {
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String AUFS = ".wh..wh.";

    private final Path root;
    private final EntryAttributes attributes;
    /** What this layer itself brought, which its own whiteouts leave alone. */
    private final Set<Path> unpacked = new HashSet<>();
    /** Folders, whose times are set last because every entry in them would change them. */
    private final Map<Path, TarArchiveEntry> folders = new LinkedHashMap<>();

    private long sizeBytes;

    LayerUnpacker(Path root, EntryAttributes attributes) {
        this.root = root;
        this.attributes = attributes;
    }

    /**
     * Applies the layer.
     *
     * @param plainTar read to its end
     * @return the bytes of its files
     */
    long apply(InputStream plainTar) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(plainTar);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            apply(tar, entry);
        }
        // The digest covers what follows the end marker too.
        plainTar.transferTo(OutputStream.nullOutputStream());
        for (Map.Entry<Path, TarArchiveEntry> folder : folders.entrySet()) {
            if (Files.isDirectory(folder.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                attributes.setTime(folder.getKey(), folder.getValue());
            }
        }
        return sizeBytes;
    }

    private void apply(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        List<String> names = names(entry.getName());
        if (names.isEmpty()) {
            attributes.set(root, entry);
            folders.put(root, entry);
            return;
        }
        String last = names.getLast();
        Path parent = parent(String.join("/", names.subList(0, names.size() - 1)));
        if (last.equals(OPAQUE)) {
            removeLowerChildren(parent);
        } else if (last.startsWith(AUFS)) {
            return;
        } else if (last.startsWith(WHITEOUT)) {
            whiteout(parent, last.substring(WHITEOUT.length()), entry);
        } else {
            create(tar, entry, parent.resolve(last));
        }
    }

    private static List<String> names(String path) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (name.equals("..") || name.indexOf('\0') >= 0) {
                throw new IOException("layer entry \"" + path + "\" leaves the root file system");
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }

    private Path parent(String inside) throws IOException {
        Path parent = ScopedPath.resolve(root, inside);
        try {
            Files.createDirectories(parent);
        } catch (FileAlreadyExistsException blocked) {
            throw new IOException("layer entry below \"" + inside + "\", which is not a folder", blocked);
        }
        return parent;
    }

    private void whiteout(Path parent, String name, TarArchiveEntry entry) throws IOException {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new IOException("layer entry \"" + entry.getName() + "\" leaves the root file system");
        }
        Path hidden = parent.resolve(name);
        if (!unpacked.contains(hidden)) {
            Trees.delete(hidden);
        }
    }

    private void removeLowerChildren(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(children::add);
        }
        for (Path child : children) {
            if (!unpacked.contains(child)) {
                Trees.delete(child);
            } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                removeLowerChildren(child);
            }
        }
    }

    private void create(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        boolean keep = entry.isDirectory() && Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
        if (!keep) {
            Trees.delete(target);
        }
        if (entry.isDirectory()) {
            if (!keep) {
                Files.createDirectory(target);
            }
            folders.put(target, entry);
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            link(entry, target);
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
            attributes.makeNode(target, entry);
        } else if (entry.isFile() && tar.canReadEntryData(entry)) {
            sizeBytes += Files.copy(tar, target);
        } else {
            throw new IOException("layer entry \"" + entry.getName() + "\" is of an unknown kind");
        }
        remember(target);
        if (!entry.isLink()) {
            attributes.set(target, entry);
        }
    }

    private void link(TarArchiveEntry entry, Path target) throws IOException {
        Path existing = ScopedPath.resolveParent(root, String.join("/", names(entry.getLinkName())));
        if (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(existing, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("layer entry \"" + entry.getName() + "\" is a hard link to \"" + entry.getLinkName()
                    + "\", which is not a file of the image");
        }
        Files.createLink(target, existing);
    }

    private void remember(Path target) {
        for (Path here = target; here != null && !here.equals(root) && unpacked.add(here); ) {
            here = here.getParent();
        }
    }
}
