package dev.bailey.runtime.image;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.Mounts;
import dev.bailey.runtime.ContainerException;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.image.ArchivedImage.Layer;
import dev.bailey.runtime.oci.Programs;
import dev.bailey.runtime.rootfs.Overlay;
import dev.bailey.runtime.rootfs.Trees;
import dev.bailey.runtime.state.JsonFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Unpacked layers, one folder for each, named by the chain id of the stack that it is the top of.
 *
 * <p>A layer is unpacked into an overlay over the layers below it, so that its whiteouts, links and folders without an
 * entry of their own mean what they meant where the image was made. The folder gets its name only when the layer is
 * whole, verified and on the disk. Not for use by two threads at once.
 */
final class LayerStore {
    private static final Duration SYNC_TIMEOUT = Duration.ofMinutes(5);
    private static final String FILES = "files";

    private final Path root;
    private final EntryAttributes attributes = new UnixEntryAttributes();

    /** A store in a folder, which exists. */
    LayerStore(Path root) {
        this.root = root;
    }

    /**
     * The layers of an image, unpacked where they were not.
     *
     * @return their chain ids, the lowest first
     */
    List<Digest> unpack(ArchivedImage image) throws IOException, InterruptedException {
        List<Digest> chain = new ArrayList<>();
        for (Layer layer : image.layers()) {
            Digest id = chain.isEmpty() ? layer.diff() : Digest.chain(chain.getLast(), layer.diff());
            if (!Files.isDirectory(folder(id))) {
                unpack(layer, id, chain);
            }
            chain.add(id);
        }
        return chain;
    }

    /** The folder with a layer's files. */
    Path files(Digest id) {
        return folder(id).resolve(FILES);
    }

    /** The bytes of a layer's files. */
    long sizeBytes(Digest id) throws IOException {
        return Long.parseLong(Files.readString(folder(id).resolve("size")).strip());
    }

    private Path folder(Digest id) {
        return root.resolve(id.hex());
    }

    private void unpack(Layer layer, Digest id, List<Digest> below) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(root, Workspaces.PREFIX);
        try {
            Path files = Files.createDirectory(work.resolve(FILES));
            long size = below.isEmpty() ? apply(layer, files) : applyOver(below, layer, work, files);
            JsonFiles.writeAndSync(work.resolve("size"), size + "\n");
            Trees.delete(work.resolve("work"));
            Trees.delete(work.resolve("merged"));
            sync(work);
            Files.move(work, folder(id));
            JsonFiles.syncFolder(root);
        } finally {
            Trees.delete(work);
        }
    }

    private long applyOver(List<Digest> below, Layer layer, Path work, Path files) throws IOException {
        List<Path> lower = new ArrayList<>(below.stream().map(this::files).toList());
        Collections.reverse(lower);
        Path merged = Files.createDirectory(work.resolve("merged"));
        try {
            new Overlay(lower, files, Files.createDirectory(work.resolve("work"))).mount(merged);
        } catch (LinuxException refused) {
            throw new ContainerException(
                    Kind.UNAVAILABLE,
                    "cannot unpack an image with several layers: the file system of " + root
                            + " takes no overlay on top (" + refused.getMessage()
                            + "); choose a data root on ext4, xfs or btrfs",
                    refused);
        }
        try {
            return apply(layer, merged);
        } finally {
            Mounts.unmount(merged, true);
        }
    }

    private long apply(Layer layer, Path tree) throws IOException {
        MessageDigest blob = Digest.algorithm();
        MessageDigest diff = Digest.algorithm();
        long size;
        try (InputStream file = new BufferedInputStream(Files.newInputStream(layer.file()));
                DigestInputStream packed = new DigestInputStream(file, blob);
                DigestInputStream plain =
                        new DigestInputStream(Compression.open(packed, "layer " + layer.diff()), diff)) {
            size = new LayerUnpacker(tree, attributes).apply(plain);
            packed.transferTo(OutputStream.nullOutputStream());
        }
        verify("the packed layer", layer.blob(), Digest.of(blob));
        verify("the layer", Optional.of(layer.diff()), Digest.of(diff));
        return size;
    }

    private static void verify(String what, Optional<Digest> promised, Digest actual) throws IOException {
        if (promised.isPresent() && !promised.get().equals(actual)) {
            throw new IOException(
                    what + " is damaged: its digest is " + actual + ", the image promises " + promised.get());
        }
    }

    private static void sync(Path folder) throws IOException, InterruptedException {
        Programs.Result result = Programs.run(SYNC_TIMEOUT, List.of("sync", "--file-system", folder.toString()));
        if (result.exitCode() != 0) {
            throw new IOException("sync " + folder + ": " + result.output().strip());
        }
    }
}
