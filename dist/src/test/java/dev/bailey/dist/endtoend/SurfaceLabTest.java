package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.lab.Await;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What of a daemon can be reached, and by whom; the numbers are the rows of {@code docs/security-tests.md}. */
@Tag("lab")
@Timeout(120)
@ExtendWith(LabExtension.class)
@SuppressWarnings("NullAway.Init") // set before each test
final class SurfaceLabTest {
    /** Twenty bytes are promised, six are sent, and the connection is reset, as often as it is told. */
    private static final String CUT_OFF = """
            import socket, struct, sys
            for _ in range(int(sys.argv[1])):
                s = socket.create_connection(("127.0.0.11", 53), 5)
                s.sendall(struct.pack(">H", 20) + b"\\0" * 6)
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                s.close()
            """;

    private LabHost host;
    private DaemonUnderTest daemon;
    private String container;

    @BeforeEach
    void start(Lab lab) throws IOException {
        host = Site.build(lab).host();
        daemon = new DaemonUnderTest(
                host, Files.createDirectories(lab.directory().resolve("bailey")));
        daemon.start();
        daemon.call("POST", "/networks/create", "{\"Name\":\"front\"}").orThrow();
        container = daemon.runSleeper("box");
        daemon.call("POST", "/networks/front/connect", "{\"Container\":\"box\"}")
                .orThrow();
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private CommandResult inside(String... words) {
        Path netns = daemon.execRoot().resolve("netns").resolve(container.substring(0, 12));
        String[] all = new String[words.length + 2];
        all[0] = "nsenter";
        all[1] = "--net=" + netns;
        System.arraycopy(words, 0, all, 2, words.length);
        return host.command(all).execute();
    }

    @Test
    void rows14To16_theDaemonListensAtItsSocketAlone() throws IOException {
        String sockets =
                host.exec("ss", "-Hlntu").output() + host.exec("ss", "-Hlx").output();
        assertThat(host.exec("ss", "-Hlntu").output()).as("by TCP or UDP").isEmpty();
        assertThat(sockets.lines().filter(line -> line.contains("@")))
                .as("abstract ones: every container of the host's network would reach them")
                .isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(daemon.socket())))
                .isIn("rw-rw----", "rw-------");
        assertThat(inside("curl", "-sS", "--max-time", "2", "http://172.17.0.1:2375/version")
                        .succeeded())
                .isFalse();
        assertThat(inside("ss", "-Hlx").output()).as("in the container").isEmpty();
    }

    @Test
    void row18_questionsThatAreCutOff_costNothingAfterwards() throws IOException {
        inside("python3", "-c", CUT_OFF, "200").orThrow();
        assertThat(inside("dig", "+short", "+tcp", "@127.0.0.11", "box")
                        .orThrow()
                        .output())
                .isNotBlank();
        Await.until("the daemon to rest", () -> {
            long before = ticks();
            host.exec("sleep", "0.5");
            // A loop would take all 50 of them, in every half second.
            return ticks() - before < 10;
        });
        assertThat(inside("dig", "+short", "@127.0.0.11", "box").orThrow().output())
                .isNotBlank();
    }

    /** What the daemon has used of the CPU, in hundredths of a second. */
    private long ticks() throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(daemon.pid()), "stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
    }

    @Test
    void row20_bodiesThatAreEmptyOrTooLarge_areRefusedOrTakenForWhatTheyAre() {
        assertThat(status("/containers/create", "")).isEqualTo("400");
        assertThat(status("/networks/create", "")).isEqualTo("400");
        assertThat(status("/bailey/attach", "")).isEqualTo("400");
        String large = "{\"Name\":\"" + "x".repeat(100_000) + "\"}";
        assertThat(status("/networks/create", large)).isEqualTo("400");
        assertThat(daemon.call("GET", "/networks", "").orThrow().output()).doesNotContain("xxxx");
    }

    private String status(String path, String body) {
        return host.command(
                        "curl",
                        "-sS",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "--unix-socket",
                        daemon.socket().toString(),
                        "-H",
                        "Content-Type: application/json",
                        "-d",
                        "@-",
                        "http://bailey" + path)
                .input(body)
                .run()
                .output();
    }
}
