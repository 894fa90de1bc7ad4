package dev.bailey.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.linux.MountTable;
import dev.bailey.linux.Mounts;
import dev.bailey.runtime.rootfs.Overlay;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers on the real overlayfs: what a container sees of several of them. */
@Tag("lab")
class LayersLabTest {
    @TempDir
    Path folder;

    private List<Path> load(byte[]... layers) throws Exception {
        ImageStore store = new ImageStore(folder.resolve("images"), MountTable.read());
        byte[] archive = Archives.docker("a:1", Archives.config(Archives.ARCHITECTURE, layers), layers)
                .plain();
        store.load(new ByteArrayInputStream(archive));
        List<Path> lower = new ArrayList<>(store.resolve("a:1").source().layers());
        Collections.reverse(lower);
        return lower;
    }

    private interface Look {
        void at(Path root) throws Exception;
    }

    private void mounted(List<Path> lower, Look look) throws Exception {
        Path root = Files.createDirectory(folder.resolve("merged"));
        new Overlay(
                        lower,
                        Files.createDirectory(folder.resolve("upper")),
                        Files.createDirectory(folder.resolve("work")))
                .mount(root);
        try {
            look.at(root);
        } finally {
            Mounts.unmount(root, true);
        }
        assertThat(MountTable.read().below(folder)).isEmpty();
    }

    @Test
    void load_layersOnEachOther_meanWhatTheyMeantWhereTheyWereMade() throws Exception {
        byte[] base = new Tar()
                .folder("usr")
                .folder("usr/lib")
                .file("usr/lib/a", "a")
                .link("lib", "usr/lib")
                .file("etc/gone", "x")
                .file("etc/kept", "k")
                .file("var/old/deep", "d")
                .device("dev/null", 1, 3)
                .plain();
        byte[] top = new Tar()
                .file("etc/.wh.gone", "")
                .file("var/old/.wh..wh..opq", "")
                .file("var/old/new", "n")
                .file("lib/b", "b")
                .hardLink("etc/twin", "etc/kept")
                .plain();
        mounted(load(base, top), root -> {
            assertThat(root.resolve("etc/gone")).doesNotExist();
            assertThat(root.resolve("etc/kept")).hasContent("k");
            assertThat(Files.isSameFile(root.resolve("etc/twin"), root.resolve("etc/kept")))
                    .isTrue();
            assertThat(root.resolve("var/old/deep")).doesNotExist();
            assertThat(root.resolve("var/old/new")).hasContent("n");
            assertThat(Files.isSymbolicLink(root.resolve("lib"))).isTrue();
            assertThat(root.resolve("lib/a")).hasContent("a");
            assertThat(root.resolve("usr/lib/b")).hasContent("b");
            assertThat(Files.getAttribute(root.resolve("dev/null"), "unix:rdev", LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(0x103L);
        });
    }

    @Test
    void load_hundredAndTwentyLayers_mount() throws Exception {
        byte[][] layers = new byte[120][];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new Tar().file("f" + i, "x").plain();
        }
        mounted(load(layers), root -> {
            try (var files = Files.list(root)) {
                assertThat(files).hasSize(layers.length);
            }
        });
    }
}
