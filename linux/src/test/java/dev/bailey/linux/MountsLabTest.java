package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
class MountsLabTest {

    @TempDir
    private Path folder;

    private Path memory;

    @BeforeEach
    void mountMemory() throws IOException {
        memory = Files.createDirectory(folder.resolve("memory"));
        Mounts.tmpfs(memory, "mode=0700");
    }

    @AfterEach
    void unmountAll() throws IOException {
        for (Path target : MountTable.read().below(folder)) {
            Mounts.unmount(target, true);
        }
        assertThat(MountTable.read().below(folder)).isEmpty();
    }

    @Test
    void tmpfs_isMountedWithItsOptions() throws Exception {
        assertThat(MountTable.read().mounts())
                .filteredOn(mount -> mount.target().equals(memory))
                .extracting(MountTable.Mount::type, MountTable.Mount::root)
                .containsExactly(tuple("tmpfs", "/"));
        assertThat(Files.getAttribute(memory, "unix:mode")).isEqualTo(0040700);
    }

    @Test
    void bind_file_showsItAtTheOtherPlace() throws Exception {
        Path source = Files.writeString(memory.resolve("source"), "one");
        Path target = Files.createFile(memory.resolve("target"));

        Mounts.bind(source, target);
        assertThat(target).hasContent("one");

        Mounts.unmount(target, false);
        assertThat(target).isEmptyFile();
    }

    @Test
    void overlay_layers_topmostWinsAndWritesGoToUpper() throws Exception {
        Path top = layer("top: a,b\\c", "both", "top");
        Path base = layer("base", "both", "base");
        Files.writeString(base.resolve("deep"), "base");
        Path upper = Files.createDirectory(memory.resolve("upper"));
        Path work = Files.createDirectory(memory.resolve("work"));
        Path merged = Files.createDirectory(memory.resolve("merged"));

        Mounts.overlay(List.of(top, base), upper, work, merged);

        assertThat(merged.resolve("both")).hasContent("top");
        assertThat(merged.resolve("deep")).hasContent("base");
        Files.writeString(merged.resolve("deep"), "written");
        assertThat(upper.resolve("deep")).hasContent("written");
        assertThat(base.resolve("deep")).hasContent("base");
    }

    @Test
    void overlay_morePathThanAPage_joinsAllLayers() throws Exception {
        List<Path> layers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            layers.add(layer("ü".repeat(60) + i, "file" + i, "layer " + i));
        }
        Path upper = Files.createDirectory(memory.resolve("upper"));
        Path work = Files.createDirectory(memory.resolve("work"));
        Path merged = Files.createDirectory(memory.resolve("merged"));
        long before = OpenFiles.count(memory.toString());

        Mounts.overlay(layers, upper, work, merged);

        for (int i = 0; i < layers.size(); i++) {
            assertThat(merged.resolve("file" + i)).hasContent("layer " + i);
        }
        assertThat(OpenFiles.count(memory.toString())).isEqualTo(before);
    }

    @Test
    void makeSharedAndPrivate_areWhatTheKernelLists() throws Exception {
        Mounts.makeShared(memory);
        assertThat(mountInfo(memory)).contains(" shared:");

        Mounts.makePrivate(memory);
        assertThat(mountInfo(memory)).doesNotContain(" shared:");
    }

    @Test
    void unmount_nothingMounted_saysSo() throws Exception {
        Path plain = Files.createDirectory(memory.resolve("plain"));

        assertThatThrownBy(() -> Mounts.unmount(plain, false))
                .hasMessage("unmount " + plain + ": EINVAL (Invalid argument)");
    }

    @Test
    void unmount_inUse_isRefusedUnlessDetached() throws Exception {
        try (FileDescriptor held = FileDescriptor.open(memory, FileDescriptor.Flag.READ_ONLY)) {
            assertThat(held.number()).isNotNegative();
            assertThatThrownBy(() -> Mounts.unmount(memory, false))
                    .isInstanceOfSatisfying(
                            LinuxException.class,
                            refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EBUSY));

            Mounts.unmount(memory, true);
            assertThat(MountTable.read().isMounted(memory)).isFalse();
        }
    }

    private Path layer(String name, String file, String content) throws IOException {
        Path layer = Files.createDirectory(memory.resolve(name));
        Files.writeString(layer.resolve(file), content);
        return layer;
    }

    private static String mountInfo(Path target) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(" " + target + " "))
                .findFirst()
                .orElseThrow();
    }
}
