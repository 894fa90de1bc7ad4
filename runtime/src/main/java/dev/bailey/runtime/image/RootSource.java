package dev.bailey.runtime.image;

import java.nio.file.Path;
import java.util.List;

/** What the root file system of a container stands on; read only, shared by all that stand on it. */
public sealed interface RootSource {
    /** The folders, the lowest first. */
    List<Path> layers();

    /** This machine's own root file system. */
    record Host() implements RootSource {
        @Override
        public List<Path> layers() {
            return List.of(Path.of("/"));
        }
    }

    /**
     * A folder of the operator's.
     *
     * @param path absolute
     */
    record Directory(Path path) implements RootSource {
        @Override
        public List<Path> layers() {
            return List.of(path);
        }
    }

    /**
     * The unpacked layers of an image.
     *
     * @param layers their folders, the lowest first
     */
    record Stack(List<Path> layers) implements RootSource {
        /** Copies the list. */
        public Stack {
            layers = List.copyOf(layers);
        }
    }
}
