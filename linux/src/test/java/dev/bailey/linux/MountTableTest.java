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
                        new Mount(Path.of("/"), "ext4", "/"),
                        new Mount(Path.of("/run/netns/red"), "nsfs", "net:[4026532290]"));
    }

    @Test
    void parse_escapedAndForeignBytes_areTheNames() {
        String line = "26 1 254:0 /a\\134b /with\\040blank\\011ü-1 rw - ext4 /dev/vda rw";
        String latin1 = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(MountTable.parse(latin1).mounts())
                .containsExactly(new Mount(Path.of("/with blank\tü-1"), "ext4", "/a\\b"));
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

    @ParameterizedTest
    @ValueSource(strings = {"", "26 1 254:0 / / rw", "26 1 254:0 / / rw shared:1", "- - - - - - -"})
    void parse_noSuchLine_isQuoted(String line) {
        assertThatThrownBy(() -> MountTable.parse(line + "\n"))
                .hasMessage("'" + line + "' is not a line of /proc/self/mountinfo");
    }

    @Test
    void read_thisMachine_hasProc() throws IOException {
        assertThat(MountTable.read().mounts()).contains(new Mount(Path.of("/proc"), "proc", "/"));
    }
}
