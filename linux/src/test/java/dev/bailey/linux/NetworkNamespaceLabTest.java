package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("lab")
class NetworkNamespaceLabTest {

    @TempDir
    private Path folder;

    @AfterEach
    void unmountAll() throws IOException {
        for (Path target : MountTable.read().below(folder)) {
            Mounts.unmount(target, true);
        }
    }

    @Test
    void inodeOfCurrentThread_isThatOfTheNamespaceItIsIn() throws LinuxException {
        long before = inodeHere();
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            assertThat(namespace.<Long, LinuxException>call(NetworkNamespace::inodeOfCurrentThread))
                    .isEqualTo(namespace.inode());
        }
        assertThat(NetworkNamespace.inodeOfCurrentThread()).isEqualTo(before);
    }

    @Test
    void create_isAnotherNamespaceAndThisThreadStays() throws Exception {
        long before = inodeHere();
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            assertThat(namespace.inode()).isNotEqualTo(before);
            assertThat(namespace.<Long, LinuxException>call(NetworkNamespaceLabTest::inodeHere))
                    .isEqualTo(namespace.inode());
        }
        assertThat(inodeHere()).isEqualTo(before);
    }

    @Test
    void createCallAndClose_manyTimes_leaveNoDescriptor() throws Exception {
        long before = OpenFiles.count("net:[");
        for (int i = 0; i < 50; i++) {
            try (NetworkNamespace namespace = NetworkNamespace.create()) {
                namespace.<Long, LinuxException>call(NetworkNamespaceLabTest::inodeHere);
            }
        }
        assertThat(OpenFiles.count("net:[")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/self/ns/mnt", "/etc/passwd", "/dev/null", "/"})
    void open_somethingElse_saysWhatItIsNot(String path) {
        long before = OpenFiles.count(path);

        assertThatThrownBy(() -> NetworkNamespace.open(Path.of(path)))
                .hasMessage("open network namespace " + path
                        + ": EINVAL (Invalid argument); the file is not a network namespace");
        assertThat(OpenFiles.count(path)).isEqualTo(before);
    }

    @Test
    void open_namedPipeWithoutWriter_isRefusedAtOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        SpecialFiles.makePipe(pipe);

        assertThatThrownBy(() -> NetworkNamespace.open(pipe)).hasMessageContaining("not a network namespace");
    }

    @Test
    void bindTo_file_isTheSameNamespaceUntilUnbound() throws Exception {
        Path file = folder.resolve("netns").resolve("red");
        long inode;
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            inode = namespace.inode();
            namespace.bindTo(file);
        }

        try (NetworkNamespace again = NetworkNamespace.open(file)) {
            assertThat(again.inode()).isEqualTo(inode);
        }
        assertThat(MountTable.read().mounts())
                .filteredOn(mount -> mount.target().equals(file))
                .extracting(MountTable.Mount::type, MountTable.Mount::root)
                .containsExactly(tuple("nsfs", "net:[" + inode + "]"));

        NetworkNamespace.unbind(file);
        assertThat(file).doesNotExist();
        assertThat(MountTable.read().isMounted(file)).isFalse();
        NetworkNamespace.unbind(file);
    }

    @Test
    void bindTo_existingFile_isRefusedAndTheFileStays() throws Exception {
        Path file = Files.writeString(folder.resolve("red"), "mine");
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            assertThatThrownBy(() -> namespace.bindTo(file))
                    .isInstanceOfSatisfying(
                            LinuxException.class,
                            refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EEXIST));
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void bindTo_closedNamespace_leavesNoFile() throws Exception {
        NetworkNamespace namespace = NetworkNamespace.create();
        namespace.close();

        assertThatThrownBy(() -> namespace.bindTo(folder.resolve("red"))).isInstanceOf(IllegalStateException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void call_taskThrows_handsItOn() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create()) {
            Action<IOException> failing = () -> {
                throw new IOException("on purpose");
            };
            assertThatThrownBy(() -> namespace.run(failing)).isExactlyInstanceOf(IOException.class);

            Action<IOException> broken = () -> {
                throw new IllegalStateException("on purpose");
            };
            assertThatThrownBy(() -> namespace.run(broken)).isExactlyInstanceOf(IllegalStateException.class);
        }
    }

    private static long inodeHere() throws LinuxException {
        try (NetworkNamespace here = NetworkNamespace.ofCurrentThread()) {
            return here.inode();
        }
    }
}
