package dev.bailey.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.MountTable;
import dev.bailey.runtime.ContainerException;
import dev.bailey.runtime.ContainerException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
    private static final byte[] LAYER =
            new Tar().folder("bin").file("bin/sh", "#!").plain();
    private static final String CONFIG = Archives.config(Archives.ARCHITECTURE, LAYER);

    @TempDir
    Path folder;

    private ImageStore store;

    @BeforeEach
    void open() throws IOException {
        store = new ImageStore(folder.resolve("images"), MountTable.read());
    }

    private Image load(byte[] archive) {
        return store.load(new ByteArrayInputStream(archive)).getFirst();
    }

    @Test
    void load_dockerArchive_isFoundByNameAndId() throws IOException {
        Image image = load(Archives.docker("tiny:1", CONFIG, LAYER).plain());
        assertThat(image.names()).containsExactly("tiny:1");
        assertThat(image.id())
                .isEqualTo(Digest.of(CONFIG.getBytes(StandardCharsets.UTF_8)).toString());
        assertThat(image.sizeBytes()).isEqualTo(2);
        assertThat(image.config())
                .isEqualTo(new ImageConfig(
                        List.of("A=1"),
                        List.of("/bin/sh"),
                        List.of("-c", "true"),
                        "/w",
                        "7",
                        Map.of("k", "v"),
                        "SIGINT",
                        List.of("80/tcp")));
        for (String reference : List.of(
                "tiny:1", "docker.io/library/tiny:1", image.id(), image.id().substring(7, 15))) {
            assertThat(store.find(reference)).contains(image);
        }
        assertThat(store.find("tiny")).isEmpty();
        assertThat(store.resolve("tiny:1").source().layers().getFirst().resolve("bin/sh"))
                .hasContent("#!");
    }

    @Test
    void load_everyPacking_givesTheSameLayer() throws IOException {
        Image plain = load(Archives.docker("a:1", CONFIG, LAYER).plain());
        Image gzip =
                load(Tar.gzip(Archives.docker("b:1", CONFIG, Tar.gzip(LAYER)).plain()));
        Image zstd = load(Tar.zstd(Archives.oci("c:1", CONFIG, Tar.zstd(LAYER)).plain()));
        assertThat(gzip.layers()).isEqualTo(plain.layers());
        assertThat(zstd.layers()).isEqualTo(plain.layers());
        assertThat(store.list()).hasSize(1);
        assertThat(store.list().getFirst().names()).containsExactlyInAnyOrder("a:1", "b:1", "c:1");
        try (var layers = Files.list(folder.resolve("images/layers"))) {
            assertThat(layers).hasSize(1);
        }
    }

    @Test
    void load_nameOfAnother_movesTheName() {
        Image first = load(Archives.docker("tiny:1", CONFIG, LAYER).plain());
        byte[] other = new Tar().file("x", "y").plain();
        Image second = load(Archives.docker("tiny:1", Archives.config(Archives.ARCHITECTURE, other), other)
                .plain());
        assertThat(store.find("tiny:1")).contains(second);
        assertThat(store.find(first.id()).orElseThrow().names()).isEmpty();
    }

    @Test
    void reopen_afterLoad_knowsTheImages() throws IOException {
        Image image = load(Archives.docker("tiny:1", CONFIG, LAYER).plain());
        assertThat(new ImageStore(folder.resolve("images"), MountTable.read()).list())
                .containsExactly(image);
    }

    @Test
    void reopen_afterCrash_takesUnfinishedAway() throws IOException {
        Path layers = folder.resolve("images/layers");
        Files.writeString(
                Files.createDirectories(layers.resolve(Workspaces.PREFIX + "1/files"))
                        .resolve("f"),
                "x");
        Files.createDirectories(folder.resolve("images/incoming").resolve(Workspaces.PREFIX + "2"));
        new ImageStore(folder.resolve("images"), MountTable.read());
        assertThat(layers).isEmptyDirectory();
        assertThat(folder.resolve("images/incoming")).isEmptyDirectory();
    }

    @Test
    void load_badArchives_sayWhatIsWrongAndLeaveNothing() throws IOException {
        byte[] damaged = LAYER.clone();
        damaged[600] ^= 1;
        String foreign = Archives.config("s390x", LAYER);
        refused("hello".getBytes(StandardCharsets.UTF_8), "");
        refused(new Tar().file("x", "y").plain(), "neither manifest.json nor index.json");
        refused(new Tar().plain(), "no file in it");
        refused(new Tar().file("manifest.json", "[{").plain(), "manifest.json of the archive");
        refused(new Tar().file("manifest.json", "[{\"Config\":\"c\"}]").plain(), "lacks \"c\", which it refers to");
        refused(new Tar().file("manifest.json", "[{}]").plain(), "manifest.json lacks \"Config\"");
        refused(new Tar().file("manifest.json", "[]").plain(), "no image for linux/");
        refused(Archives.docker("a:1", CONFIG, damaged).plain(), "is damaged: its digest is sha256:");
        refused(Archives.docker("a:1", CONFIG).plain(), "its configuration lists 1 layers, its manifest 0");
        refused(Archives.oci("a:1", foreign, LAYER).plain(), "no image for linux/");
        refused(
                Archives.docker("a:1", CONFIG, "FILE".getBytes(StandardCharsets.UTF_8))
                        .plain(),
                "");
        byte[] xz = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 0};
        refused(xz, "the archive is packed with xz or bzip2: want plain tar, gzip or zstd");
        refused(Archives.docker("a:1", CONFIG, xz).plain(), "is packed with xz or bzip2");
    }

    private void refused(byte[] archive, String message) throws IOException {
        assertThatThrownBy(() -> load(archive))
                .isInstanceOfSatisfying(
                        ContainerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID_ARGUMENT))
                .hasMessageStartingWith("cannot load the image: ")
                .hasMessageContaining(message);
        assertThat(store.list()).isEmpty();
        assertThat(folder.resolve("images/layers")).isEmptyDirectory();
        assertThat(folder.resolve("images/incoming")).isEmptyDirectory();
    }

    @Test
    void resolve_archiveFile_isLoadedOnceUntilItChanges() throws IOException {
        Path file = Files.write(
                folder.resolve("tiny.tar"),
                Archives.docker("tiny:1", CONFIG, LAYER).plain());
        ResolvedImage first = store.resolve(file.toString());
        assertThat(store.resolve(file.toString())).isEqualTo(first);
        byte[] other = new Tar().file("x", "y").plain();
        Files.write(
                file,
                Archives.docker("tiny:2", Archives.config(Archives.ARCHITECTURE, other), other)
                        .plain());
        assertThat(store.resolve(file.toString()).id()).isNotEqualTo(first.id());
    }

    @Test
    void resolve_hostAndFolder_areThemselves() {
        assertThat(store.resolve("host").source()).isEqualTo(new RootSource.Host());
        assertThat(store.resolve("/").source()).isEqualTo(new RootSource.Host());
        assertThat(store.resolve(folder + "/./").source()).isEqualTo(new RootSource.Directory(folder));
    }

    @Test
    void resolve_unknown_saysWhatWouldBeRight() {
        assertThatThrownBy(() -> store.resolve("nginx"))
                .hasMessage("No such image: nginx: want \"host\", an absolute path of a folder or an archive,"
                        + " or the name of a loaded image");
        assertThatThrownBy(() -> store.resolve("/no/such")).hasMessageContaining("No such image: /no/such");
    }
}
