package dev.bailey.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.runtime.Bind;
import dev.bailey.runtime.ContainerId;
import dev.bailey.runtime.ContainerSpec;
import dev.bailey.runtime.DnsSettings;
import dev.bailey.runtime.ExtraHost;
import dev.bailey.runtime.state.ContainerRecord.ImageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerRecordTest {
    private static final ContainerSpec FULL = ContainerSpec.builder("host")
            .name("door")
            .entrypoint(List.of("/bin/sh", "-c"))
            .command(List.of("echo \"a\u00e9\u4e2d\ud83d\ude00\n\""))
            .environment(List.of("A=1"))
            .workingDirectory("/x")
            .user("u:g")
            .hostname("h")
            .tty(true)
            .openStdin(true)
            .stdinOnce(true)
            .autoRemove(true)
            .binds(List.of(Bind.parse("/a:/b:ro")))
            .address("172.17.0.9")
            .dns(new DnsSettings(List.of("1.2.3.4"), List.of("example"), List.of("ndots:1")))
            .extraHosts(List.of(ExtraHost.parse("a:1.2.3.4")))
            .labels(Map.of("k", "v"))
            .stopSignal("SIGQUIT")
            .stopTimeout(Duration.ofMillis(1500))
            .build();

    @TempDir
    Path folder;

    private static ContainerRecord record(ContainerSpec spec) {
        return new ContainerRecord(
                ContainerRecord.VERSION,
                ContainerId.random().value(),
                "door",
                spec,
                new ImageRecord("host", true, List.of("/")),
                List.of("sh"),
                List.of("A=1"),
                "/",
                "",
                "h",
                "SIGTERM",
                Instant.parse("2026-01-02T03:04:05.678912345Z"),
                Life.created()
                        .running(new ProcessIdentity(7, 8, "boot"), Instant.parse("2026-01-02T03:04:06.000000001Z")));
    }

    private VersionedFile<ContainerRecord> file() {
        return new VersionedFile<>(
                folder.resolve("state.json"), ContainerRecord.class, ContainerRecord.VERSION, ContainerRecord::version);
    }

    @Test
    void write_everything_readsBackEqual() throws IOException {
        ContainerRecord record = record(FULL);
        file().write(record);
        assertThat(file().read()).contains(record);
    }

    @Test
    void write_onlyDefaults_readsBackEqual() throws IOException {
        ContainerRecord record = record(ContainerSpec.builder("busybox").build());
        file().write(record);
        assertThat(file().read()).contains(record);
    }

    @Test
    void read_cutShort_setsTheFileAside() throws IOException {
        file().write(record(FULL));
        String whole = Files.readString(folder.resolve("state.json"));
        for (int length : new int[] {0, 1, whole.length() / 2, whole.length() - 1}) {
            Files.writeString(folder.resolve("state.json"), whole.substring(0, length));
            assertThat(file().read()).isEmpty();
            assertThat(folder.resolve("state.json")).doesNotExist();
            assertThat(folder.resolve("state.json.broken")).hasContent(whole.substring(0, length));
        }
    }

    @Test
    void read_newerVersion_isRefusedAndKept() throws IOException {
        file().write(record(FULL));
        Path state = folder.resolve("state.json");
        Files.writeString(state, Files.readString(state).replace("\"version\":1", "\"version\":2"));
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is of version 2, this Bailey understands 1 to 1");
        assertThat(state).exists();
    }

    @Test
    void read_crashBeforeRename_keepsTheOldState() throws IOException {
        ContainerRecord record = record(FULL);
        file().write(record);
        Files.writeString(folder.resolve("state.json.tmp"), "{\"versi");
        assertThat(file().read()).contains(record);
        file().write(record.with(Life.created()));
        assertThat(file().read()).contains(record.with(Life.created()));
        assertThat(folder.resolve("state.json.tmp")).doesNotExist();
    }
}
