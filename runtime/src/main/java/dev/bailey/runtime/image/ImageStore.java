package dev.bailey.runtime.image;

import dev.bailey.linux.MountTable;
import dev.bailey.runtime.ContainerException;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.image.ImageIndex.KnownArchive;
import dev.bailey.runtime.rootfs.Trees;
import dev.bailey.runtime.state.VersionedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The images of one data root: layers unpacked once each, by digest, shared read-only by the containers.
 *
 * <p>Every method may be called by any thread. Images are loaded one at a time; looking them up does not wait.
 */
public final class ImageStore {
    private static final String HOST = "host";
    private static final String ID_PREFIX = "sha256:";

    private final Path incoming;
    private final LayerStore layers;
    private final VersionedFile<ImageIndex> indexFile;
    // Guards loading and every change of the index; held while layers are unpacked.
    private final ReentrantLock loading = new ReentrantLock();
    private volatile ImageIndex index;

    /**
     * A store in a folder, which is created when missing; what a crash left unfinished in it is taken away.
     *
     * @param root the folder
     * @param mounts of this host
     */
    public ImageStore(Path root, MountTable mounts) throws IOException {
        incoming = Files.createDirectories(root.resolve("incoming"));
        Path layerFolder = Files.createDirectories(root.resolve("layers"));
        Workspaces.sweep(incoming, mounts);
        Workspaces.sweep(layerFolder, mounts);
        layers = new LayerStore(layerFolder);
        indexFile = new VersionedFile<>(
                root.resolve("index.json"), ImageIndex.class, ImageIndex.VERSION, ImageIndex::version);
        index = indexFile.read().orElse(ImageIndex.EMPTY);
    }

    /**
     * Loads an archive as {@code docker save} writes it, or an OCI image layout in a tar; itself plain, gzip or zstd.
     *
     * @param archive the bytes; read to the end, not closed
     * @return the images in it
     */
    public List<Image> load(InputStream archive) {
        return load(archive, "the image");
    }

    private List<Image> load(InputStream archive, String what) {
        loading.lock();
        try {
            Path work = Files.createTempDirectory(incoming, Workspaces.PREFIX);
            try {
                return add(new ArchiveReader(Archive.unpack(archive, work)).images());
            } finally {
                Trees.delete(work);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ContainerException(Kind.INTERNAL, "loading " + what + " was interrupted", interrupted);
        } catch (IOException | IllegalArgumentException bad) {
            throw new ContainerException(Kind.INVALID_ARGUMENT, "cannot load " + what + ": " + bad.getMessage(), bad);
        } finally {
            loading.unlock();
        }
    }

    /** The loaded images, youngest first. */
    public List<Image> list() {
        return index.images().stream()
                .sorted(Comparator.comparing(Image::createdAt).reversed())
                .toList();
    }

    /**
     * A loaded image by {@code name[:tag]}, id, or unique prefix of its id.
     *
     * @param reference what the operator wrote
     */
    public Optional<Image> find(String reference) {
        List<Image> images = index.images();
        String name = ImageNames.normal(reference);
        Optional<Image> named =
                images.stream().filter(image -> image.names().contains(name)).findFirst();
        String hex = reference.startsWith(ID_PREFIX) ? reference.substring(ID_PREFIX.length()) : reference;
        if (named.isPresent() || !hex.matches("[0-9a-f]{4,64}")) {
            return named;
        }
        List<Image> matches = images.stream()
                .filter(image -> image.id().startsWith(ID_PREFIX + hex))
                .toList();
        if (matches.size() > 1) {
            throw new ContainerException(Kind.INVALID_ARGUMENT, "multiple images found with provided prefix: " + hex);
        }
        return matches.stream().findFirst();
    }

    /**
     * The image behind what an operator wrote: {@code host}, an absolute path of a folder or an archive file, or a
     * loaded image. An archive is loaded when it was not, or has changed since.
     *
     * @param reference what the operator wrote
     */
    public ResolvedImage resolve(String reference) {
        if (reference.equals(HOST) || reference.matches("/+")) {
            return new ResolvedImage(HOST, new RootSource.Host(), ImageConfig.EMPTY);
        }
        if (reference.startsWith("/")) {
            return resolvePath(Path.of(reference).normalize());
        }
        return find(reference)
                .map(this::resolved)
                .orElseThrow(
                        () -> new ContainerException(
                                Kind.NOT_FOUND,
                                "No such image: " + reference
                                        + ": want \"host\", an absolute path of a folder or an archive, or the name of a loaded image"));
    }

    private ResolvedImage resolvePath(Path path) {
        if (Files.isDirectory(path)) {
            return new ResolvedImage(path.toString(), new RootSource.Directory(path), ImageConfig.EMPTY);
        }
        if (!Files.isRegularFile(path)) {
            throw new ContainerException(
                    Kind.NOT_FOUND, "No such image: " + path + ": no folder and no archive file on this host");
        }
        String fingerprint = fingerprint(path);
        Optional<Image> known = index.archives().stream()
                .filter(archive -> archive.path().equals(path.toString())
                        && archive.fingerprint().equals(fingerprint))
                .flatMap(archive -> index.byId(archive.image()).stream())
                .findFirst();
        return resolved(known.orElseGet(() -> loadOnly(path, fingerprint)));
    }

    private Image loadOnly(Path path, String fingerprint) {
        List<Image> images;
        try (InputStream bytes = Files.newInputStream(path)) {
            images = load(bytes, path.toString());
        } catch (IOException unreadable) {
            throw new ContainerException(Kind.INVALID_ARGUMENT, "cannot read " + path + ": " + unreadable, unreadable);
        }
        if (images.size() > 1) {
            throw new ContainerException(
                    Kind.INVALID_ARGUMENT,
                    path + " holds " + images.size()
                            + " images, all loaded now: name the one to run: "
                            + images.stream()
                                    .map(image ->
                                            image.names().stream().findFirst().orElse(image.id()))
                                    .toList());
        }
        Image image = images.getFirst();
        loading.lock();
        try {
            save(index.with(new KnownArchive(path.toString(), fingerprint, image.id())));
        } catch (IOException unwritable) {
            throw new ContainerException(Kind.INTERNAL, "cannot keep the list of images: " + unwritable, unwritable);
        } finally {
            loading.unlock();
        }
        return image;
    }

    private List<Image> add(List<ArchivedImage> archived) throws IOException, InterruptedException {
        List<Image> added = new ArrayList<>();
        ImageIndex next = index;
        for (ArchivedImage image : archived) {
            List<Digest> chain = layers.unpack(image);
            long sizeBytes = 0;
            for (Digest layer : chain) {
                sizeBytes += layers.sizeBytes(layer);
            }
            added.add(new Image(
                    image.id().toString(),
                    image.names(),
                    image.createdAt(),
                    sizeBytes,
                    chain.stream().map(Digest::toString).toList(),
                    image.config()));
            next = next.with(added.getLast());
        }
        save(next);
        return added;
    }

    private void save(ImageIndex next) throws IOException {
        indexFile.write(next);
        index = next;
    }

    private ResolvedImage resolved(Image image) {
        List<Path> folders = image.layers().stream()
                .map(id -> layers.files(new Digest(id.substring(ID_PREFIX.length()))))
                .toList();
        if (folders.isEmpty()) {
            throw new ContainerException(Kind.INVALID_ARGUMENT, "image " + image.id() + " has no layers");
        }
        return new ResolvedImage(image.id(), new RootSource.Stack(folders), image.config());
    }

    private static String fingerprint(Path path) {
        try {
            return Files.size(path) + "-" + Files.getAttribute(path, "unix:ino") + "-"
                    + Files.getLastModifiedTime(path).toInstant() + "-" + Files.getAttribute(path, "unix:ctime");
        } catch (IOException unreadable) {
            throw new ContainerException(Kind.INVALID_ARGUMENT, "cannot read " + path + ": " + unreadable, unreadable);
        }
    }
}
