package dev.bailey.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerUnpackerTest {
    @TempDir
    Path folder;

    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
    }

    private void apply(Tar layer) throws IOException {
        new LayerUnpacker(root, new UnixEntryAttributes()).apply(new ByteArrayInputStream(layer.plain()));
    }

    @Test
    void apply_filesFoldersAndLinks_areThere() throws IOException {
        String deep = "deep/".repeat(60) + "file";
        apply(new Tar()
                .folder("./")
                .folder("bin")
                .file("./bin/tool", "tool".getBytes(), 04755, Map.of())
                .hardLink("bin/again", "bin/tool")
                .link("sbin", "/bin")
                .pipe("bin/pipe")
                .file(deep, "deep"));
        assertThat(root.resolve("bin/tool")).hasContent("tool");
        assertThat((int) Files.getAttribute(root.resolve("bin/tool"), "unix:mode") & 07777)
                .isEqualTo(04755);
        assertThat(Files.getLastModifiedTime(root.resolve("bin")).toMillis()).isEqualTo(1_000_000_000_000L);
        assertThat(Files.isSameFile(root.resolve("bin/again"), root.resolve("bin/tool")))
                .isTrue();
        assertThat(Files.readSymbolicLink(root.resolve("sbin"))).hasToString("/bin");
        assertThat(Files.readAttributes(root.resolve("bin/pipe"), java.nio.file.attribute.BasicFileAttributes.class)
                        .isOther())
                .isTrue();
        assertThat(root.resolve(deep)).hasContent("deep");
    }

    @Test
    void apply_whiteout_removesOnlyFromBelow() throws IOException {
        apply(new Tar().file("a/one", "1").file("a/two", "2").file("b/three/four", "4"));
        apply(new Tar()
                .file("a/.wh.one", "")
                .file("b/.wh.three", "")
                .file("c/new", "n")
                .file("c/.wh.new", ""));
        assertThat(root.resolve("a/one")).doesNotExist();
        assertThat(root.resolve("a/two")).exists();
        assertThat(root.resolve("b/three")).doesNotExist();
        assertThat(root.resolve("c/new")).exists();
    }

    @Test
    void apply_opaqueFolder_keepsOnlyItsOwn() throws IOException {
        apply(new Tar().file("a/old", "o").file("a/sub/old", "o"));
        apply(new Tar()
                .folder("a")
                .file("a/sub/new", "n")
                .file("a/.wh..wh..opq", "")
                .file("a/later", "l"));
        assertThat(root.resolve("a/old")).doesNotExist();
        assertThat(root.resolve("a/sub/old")).doesNotExist();
        assertThat(root.resolve("a/sub/new")).exists();
        assertThat(root.resolve("a/later")).exists();
    }

    @Test
    void apply_aufsLeftovers_areIgnored() throws IOException {
        apply(new Tar().folder(".wh..wh.plnk").file(".wh..wh.aufs", ""));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void apply_throughLinkToOutside_staysInside() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        apply(new Tar()
                .link("absolute", outside.toString())
                .link("relative", "../../outside")
                .file("absolute/x", "x")
                .file("relative/y", "y"));
        assertThat(outside).isEmptyDirectory();
        assertThat(root.resolve(outside.toString().substring(1)).resolve("x")).hasContent("x");
        assertThat(root.resolve("outside/y")).hasContent("y");
    }

    @Test
    void apply_fileOverLink_replacesTheLink() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "safe");
        apply(new Tar().link("file", victim.toString()).file("file", "new"));
        assertThat(victim).hasContent("safe");
        assertThat(Files.isSymbolicLink(root.resolve("file"))).isFalse();
    }

    @Test
    void apply_otherKindInTheWay_isReplaced() throws IOException {
        apply(new Tar().file("a/b", "1").file("c", "2").link("d", "c"));
        apply(new Tar().file("a", "file").folder("c").folder("d"));
        assertThat(root.resolve("a")).hasContent("file");
        assertThat(Files.isDirectory(root.resolve("c"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(Files.isDirectory(root.resolve("d"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "..", "a/.."})
    void apply_pathThatLeaves_isRefused(String name) {
        assertThatThrownBy(() -> apply(new Tar().file(name, "x")))
                .hasMessage("layer entry \"" + name + "\" leaves the root file system");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {".wh...", ".wh."})
    void apply_whiteoutThatLeaves_isRefused(String name) throws IOException {
        Files.createDirectory(root.resolve("a"));
        assertThatThrownBy(() -> apply(new Tar().file("a/" + name, "")))
                .hasMessageContaining("leaves the root file system");
        assertThat(root.resolve("a")).exists();
    }

    @Test
    void apply_hardLinkThatLeaves_isRefused() throws IOException {
        Files.writeString(folder.resolve("secret"), "s");
        assertThatThrownBy(() -> apply(new Tar().hardLink("l", "../secret"))).hasMessageContaining("leaves the root");
        assertThatThrownBy(() ->
                        apply(new Tar().hardLink("l", folder.resolve("secret").toString())))
                .hasMessageContaining("is a hard link to")
                .hasMessageContaining("which is not a file of the image");
    }

    @Test
    void apply_cutShort_isAnError() {
        byte[] whole = new Tar().file("a", "x".repeat(5000)).plain();
        byte[] half = java.util.Arrays.copyOf(whole, 2000);
        assertThatThrownBy(
                        () -> new LayerUnpacker(root, new UnixEntryAttributes()).apply(new ByteArrayInputStream(half)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void apply_ownOverlayAttribute_isLeftOut() throws IOException {
        apply(new Tar().file("f", "x".getBytes(), 0644, Map.of("SCHILY.xattr.trusted.overlay.opaque", "y")));
        assertThat(root.resolve("f")).hasContent("x");
    }
}
