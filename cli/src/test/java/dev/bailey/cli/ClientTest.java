package dev.bailey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.cli.terminal.StandardStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client as a user calls it, and the daemon that a test says it meets. */
@Timeout(60)
abstract class ClientTest {
    static final String ID = "0123456789ab".repeat(6).substring(0, 64);
    static final String UPGRADED = "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n";
    static final String DONE = "HTTP/1.1 204 No Content\r\n\r\n";

    @TempDir
    Path folder;

    FakeDaemon daemon;
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    String typed = "";

    @BeforeEach
    void listen() throws IOException {
        daemon = new FakeDaemon(folder.resolve("socket"));
    }

    @AfterEach
    void close() throws IOException {
        daemon.close();
    }

    final int bailey(String... arguments) {
        StandardStreams streams = new StandardStreams(new ByteArrayInputStream(typed.getBytes(UTF_8)), out, err);
        Map<String, String> environment = Map.of("BAILEY_HOST", "unix://" + daemon.socket(), "FROM_SHELL", "1");
        return new Main(streams, environment, "").run(List.of(arguments));
    }

    final String out() {
        return out.toString(UTF_8);
    }

    final String err() {
        return err.toString(UTF_8);
    }
}
