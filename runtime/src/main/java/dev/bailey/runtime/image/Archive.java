package dev.bailey.runtime.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files of an image archive, laid out in a folder under numbers, so that no name of the archive ever becomes a path
 * of the host.
 */
final class Archive {
    private static final int MAX_FILES = 100_000;
    private static final long MAX_TEXT_BYTES = 16 << 20;
    private static final int MAX_LINKS = 16;

    private final Map<String, Path> files = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    private Archive() {}

    /**
     * Unpacks an archive.
     *
     * @param bytes plain, gzip or zstd
     * @param folder an empty one, owned by the caller
     */
    static Archive unpack(InputStream bytes, Path folder) throws IOException {
        Archive archive = new Archive();
        TarArchiveInputStream tar = new TarArchiveInputStream(Compression.open(bytes, "the archive"));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            archive.add(tar, entry, folder);
        }
        if (archive.files.isEmpty()) {
            throw new IOException(
                    "not an image archive: no file in it; want what docker save writes, or an OCI layout");
        }
        return archive;
    }

    /** Whether the archive has a file. */
    boolean has(String name) {
        return find(name).isPresent();
    }

    /** A file of the archive, links followed. */
    Path file(String name) throws IOException {
        return find(name).orElseThrow(() -> new IOException("the archive lacks \"" + name + "\", which it refers to"));
    }

    /** A small file of the archive as bytes. */
    byte[] read(String name) throws IOException {
        Path file = file(name);
        if (Files.size(file) > MAX_TEXT_BYTES) {
            throw new IOException("\"" + name + "\" of the archive is larger than " + (MAX_TEXT_BYTES >> 20) + " MiB");
        }
        return Files.readAllBytes(file);
    }

    private void add(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        String name = normal(entry.getName());
        if (files.size() + links.size() >= MAX_FILES) {
            throw new IOException("not an image archive: more than " + MAX_FILES + " files in it");
        }
        if (entry.isSymbolicLink()) {
            int slash = name.lastIndexOf('/');
            links.put(name, normal((slash < 0 ? "" : name.substring(0, slash + 1)) + entry.getLinkName()));
        } else if (entry.isLink()) {
            links.put(name, normal(entry.getLinkName()));
        } else if (entry.isFile()) {
            Path file = folder.resolve(Integer.toString(files.size()));
            Files.copy(tar, file);
            files.put(name, file);
        }
    }

    private Optional<Path> find(String name) {
        String here = normal(name);
        for (int i = 0; i < MAX_LINKS && !files.containsKey(here); i++) {
            here = links.getOrDefault(here, here);
        }
        return Optional.ofNullable(files.get(here));
    }

    private static String normal(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
