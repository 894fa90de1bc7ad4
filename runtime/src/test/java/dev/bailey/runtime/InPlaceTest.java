package dev.bailey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InPlaceTest {
    @TempDir
    Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void make() {
        file = folder.resolve("hosts");
    }

    @Test
    void write_shorterOrLonger_isTheSameFileWithThatTextAlone() throws IOException {
        Files.writeString(file, "one\ntwo\n");
        Object before = Files.getAttribute(file, "unix:ino");

        InPlace.write(file, "three\n");
        assertThat(file).hasContent("three\n");
        InPlace.write(file, "three\nfour\nfive\n");
        assertThat(file).hasContent("three\nfour\nfive\n");
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
    }

    @Test
    void read_whatAContainerMayHaveWritten_isTextOrNothing() throws IOException {
        Files.writeString(file, "127.0.0.1\tgr\u00fc\u00df\n");
        assertThat(InPlace.read(file)).contains("127.0.0.1\tgr\u00fc\u00df\n");

        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(InPlace.read(file)).isEmpty();

        Files.write(file, new byte[InPlace.MAX_BYTES]);
        assertThat(InPlace.read(file)).isPresent();
        Files.write(file, new byte[InPlace.MAX_BYTES + 1]);
        assertThat(InPlace.read(file)).isEmpty();
    }
}
