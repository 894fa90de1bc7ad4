package dev.bailey.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.MountTable.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountTableTest {

    @Test
    void parse_optionalFieldsManyOrNone_findsTheType() {
        MountTable table = MountTable.parse("""
                26 1 254:0 / / rw,relatime - ext4 /dev/vda rw
                311 26 0:4 net:[4026532290] /run/netns/red rw shared:22 master:1 - nsfs nsfs rw
                """);

        assertThat(table.mounts())
                .containsExactly(
                        new Mount(26, 1, "254:0", "/", Path.of("/"), "ext4"),
                        new Mount(311, 26, "0:4", "net:[4026532290]", Path.of("/run/netns/red"), "nsfs"));
    }

    @Test
    void parse_escapedAndForeignBytes_areTheNames() {
        String line = "26 1 254:0 /a\\134b /with\\040blank\\011ü-1 rw - ext4 /dev/vda rw";
        String latin1 = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(MountTable.parse(latin1).mounts())
                .containsExactly(new Mount(26, 1, "254:0", "/a\\b", Path.of("/with blank\tü-1"), "ext4"));
    }

    @Test
    void below_severalMounts_areLatestFirstAndNoNamesake() {
        MountTable table = MountTable.parse("""
                1 0 0:1 / /a rw - tmpfs tmpfs rw
                2 1 0:2 / /a/b rw - tmpfs tmpfs rw
                3 0 0:3 / /ab rw - tmpfs tmpfs rw
                """);

        assertThat(table.below(Path.of("/a"))).containsExactly(Path.of("/a/b"), Path.of("/a"));
        assertThat(table.isMounted(Path.of("/a/b"))).isTrue();
        assertThat(table.isMounted(Path.of("/b"))).isFalse();
    }

    @Test
    void isBoundToItself_sameFolderOfTheSameFileSystem_andNothingElse() {
        MountTable table = MountTable.parse("""
                26 1 254:0 / / rw - ext4 /dev/vda rw
                30 26 254:0 /run/netns /run/netns rw shared:1 - ext4 /dev/vda rw
                31 26 254:0 /data/www /srv/www rw - ext4 /dev/vda rw
                32 26 254:1 / /home rw - ext4 /dev/vdb rw
                33 32 254:1 /red /home/red rw - ext4 /dev/vdb rw
                34 32 254:0 /home/blue /home/blue rw - ext4 /dev/vda rw
                35 30 254:0 /run/netns/a /run/netns/a rw - ext4 /dev/vda rw
                36 99 254:0 /elsewhere /elsewhere rw - ext4 /dev/vda rw
                """);

        assertThat(table.mounts().stream()
                        .filter(table::isBoundToItself)
                        .map(Mount::target)
                        .map(Path::toString))
                .containsExactly("/run/netns", "/home/red", "/run/netns/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "26 1 254:0 / / rw",
                "26 1 254:0 / / rw shared:1",
                "- - - - - - -",
                "26 x 254:0 / / rw - ext4 /dev/vda rw"
            })
    void parse_noSuchLine_isQuoted(String line) {
        assertThatThrownBy(() -> MountTable.parse(line + "\n"))
                .hasMessage("'" + line + "' is not a line of /proc/self/mountinfo");
    }

    @Test
    void read_thisMachine_hasProc() throws IOException {
        assertThat(MountTable.read().mounts())
                .filteredOn(mount -> mount.type().equals("proc"))
                .extracting(Mount::target)
                .contains(Path.of("/proc"));
    }
}
