package dev.bailey.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MountTableTest {
    @Test
    void parse_boundNamespace_hasItsInode() {
        MountTable.Mount mount =
                MountTable.parse("311 26 0:4 net:[4026532290] /run/netns/red rw shared:22 - nsfs nsfs rw");

        assertThat(mount).isEqualTo(new MountTable.Mount(Path.of("/run/netns/red"), "nsfs", "net:[4026532290]"));
        assertThat(mount.networkNamespace()).isEqualTo(OptionalLong.of(4026532290L));
        assertThat(mount.describe()).isEqualTo("mount /run/netns/red (nsfs net:[4026532290])");
    }

    @Test
    void parse_noOptionalFieldsAndBlanksInTheTarget_isUnescaped() {
        MountTable.Mount mount = MountTable.parse("26 1 254:0 /a\\134b /with\\040blank rw,relatime - ext4 /dev/vda rw");

        assertThat(mount).isEqualTo(new MountTable.Mount(Path.of("/with blank"), "ext4", "/a\\b"));
        assertThat(mount.networkNamespace()).isEmpty();
    }

    @Test
    void parse_otherNamespace_isNoNetworkNamespace() {
        assertThat(MountTable.parse("311 26 0:4 mnt:[4026532290] /m rw - nsfs nsfs rw").networkNamespace())
                .isEmpty();
    }

    @Test
    void below_proc_isFound() {
        assertThat(MountTable.below(Path.of("/proc")))
                .contains(new MountTable.Mount(Path.of("/proc"), "proc", "/"));
    }
}
