package dev.bailey.bench.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("lab")
@Timeout(60)
class PeerShellLabTest {
    private Path namespaces;
    private HostNamespace host;
    private PeerShell shell;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        namespaces = Files.createDirectory(folder.resolve("netns"));
        host = HostNamespace.create(namespaces.resolve("host"));
        shell = PeerShell.open(new PeerRoot(Optional.empty()), host.path(), folder.resolve("shell"));
    }

    @AfterEach
    void close() throws IOException {
        shell.close();
        host.close();
        Mounts.unmount(namespaces, true);
    }

    @Test
    void run_inTheHost_seesItsUplinkAndDefaultRoute() throws IOException {
        shell.run("ip -o -4 address show eth0; ip route", "");

        assertThat(shell.output()).contains("198.51.100.2/24", "default via 198.51.100.1 dev eth0");
    }

    @Test
    void run_input_isWhatTheProgramReads() throws IOException {
        shell.run("cat", "some words");
        assertThat(shell.output()).isEqualTo("some words");

        shell.run("cat", "others");
        assertThat(shell.output()).isEqualTo("others");
    }

    @Test
    void run_programFails_saysStatusAndWords() throws IOException {
        assertThatThrownBy(() -> shell.run("echo broken >&2; (exit 3)", ""))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("ended with status 3: broken");

        shell.run("echo on", "");
        assertThat(shell.output()).isEqualTo("on\n");
    }
}
