package dev.bailey.runtime.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The images of one data root: layers unpacked once each, by digest, shared read-only by the containers.
 *
 * <p>Every method may be called by any thread.
 */
public final class ImageStore {
    private final Path root;

    /**
     * A store in a folder, which is created when missing.
     *
     * @param root the folder
     */
    public ImageStore(Path root) {
        this.root = root;
    }

    /**
     * Loads an archive as {@code docker save} writes it, or an OCI image layout in a tar; itself plain, gzip or zstd.
     *
     * @param archive the bytes; read to the end, not closed
     * @return the images in it
     */
    public List<Image> load(InputStream archive) throws IOException {
        throw new UnsupportedOperationException("load into " + root);
    }

    /** The loaded images, youngest first. */
    public List<Image> list() {
        throw new UnsupportedOperationException("list " + root);
    }

    /**
     * A loaded image by {@code name[:tag]}, id, or unique prefix of its id.
     *
     * @param reference what the operator wrote
     */
    public Optional<Image> find(String reference) {
        throw new UnsupportedOperationException("find " + reference);
    }
}
