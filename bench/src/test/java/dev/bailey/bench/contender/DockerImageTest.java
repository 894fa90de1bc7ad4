package dev.bailey.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DockerImageTest {
    @Test
    void libraries_listingOfLdd_areThePathsOnly() {
        String listing = """
                \tlinux-vdso.so.1 (0x00007ffd2a5f2000)
                \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1c4e000000)
                \t/lib64/ld-linux-x86-64.so.2 (0x00007f1c4e24b000)
                """;

        assertThat(DockerImage.libraries(listing))
                .containsExactly("/lib/x86_64-linux-gnu/libc.so.6", "/lib64/ld-linux-x86-64.so.2");
    }
}
