package dev.bailey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.runtime.state.ContainerRecord;
import dev.bailey.runtime.state.ContainerRecord.ImageRecord;
import dev.bailey.runtime.state.Life;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of names as a container's networks come and go. */
class HostsFileTest {
    private static final String BEFORE = "127.0.0.1\tlocalhost\n172.17.0.2\tdoor.example.com door\n10.0.0.1 mine";

    private static ContainerRecord container() {
        return new ContainerRecord(
                ContainerRecord.VERSION,
                "0123456789ab".repeat(6).substring(0, 64),
                "web",
                ContainerSpec.builder("host").build(),
                new ImageRecord("host", true, List.of()),
                List.of("sh"),
                List.of(),
                "/",
                "",
                "door.example.com",
                "SIGTERM",
                Instant.EPOCH,
                Life.created());
    }

    @Test
    void with_anotherNetwork_addsItsLines_andWithoutTakesThemAlone() {
        String joined = HostsFile.with(BEFORE, container(), List.of("10.60.0.3"));
        assertThat(joined).isEqualTo(BEFORE + "\n10.60.0.3\tdoor.example.com door\n");
        assertThat(HostsFile.with(joined, container(), List.of("10.60.0.3"))).isEqualTo(joined);
        assertThat(HostsFile.without(joined, container(), List.of("10.60.0.3"))).isEqualTo(BEFORE + "\n");
    }

    @Test
    void with_firstOfIpv6_addsWhatIpv6Has_once() {
        String joined = HostsFile.with(BEFORE, container(), List.of("10.60.0.3", "fd00:60::3"));
        assertThat(joined).contains("::1\tlocalhost ip6-localhost", "\nfd00:60::3\tdoor.example.com door\n");
        assertThat(HostsFile.with(joined, container(), List.of("fd00:61::3")))
                .isEqualTo(joined + "fd00:61::3\tdoor.example.com door\n");
    }

    @Test
    void inPlace_isTheSameFile_withNothingLeftOfALongerText(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("hosts"), BEFORE);
        Object inode = Files.getAttribute(file, "unix:ino");
        InPlace.write(file, "short\n");
        assertThat(file).hasContent("short");
        InPlace.write(file, BEFORE + BEFORE);
        assertThat(Files.readString(file)).isEqualTo(BEFORE + BEFORE);
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    }
}
