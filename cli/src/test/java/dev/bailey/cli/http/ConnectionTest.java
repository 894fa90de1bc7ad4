package dev.bailey.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.cli.FakeDaemon;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ConnectionTest {
    @TempDir
    Path folder;

    private FakeDaemon daemon;

    @BeforeEach
    void listen() throws IOException {
        daemon = new FakeDaemon(folder.resolve("socket"));
    }

    @AfterEach
    void close() throws IOException {
        daemon.close();
    }

    private Response send(Request request) throws IOException {
        return Connection.open(daemon.socket()).send(request);
    }

    private String body(String raw) throws IOException {
        daemon.on("GET /x", raw);
        try (Response response = send(Request.get("/x"))) {
            return response.text();
        }
    }

    @Test
    void send_fixedLength_readsNoByteFurther() throws IOException {
        daemon.on("GET /x", "HTTP/1.1 201 Created\r\nContent-Length: 3\r\nApi-Version: 1.51\r\n\r\nabcdef");

        try (Response response = send(Request.get("/x"))) {
            assertThat(response.status()).isEqualTo(201);
            assertThat(response.header("api-version")).hasValue("1.51");
            assertThat(response.text()).isEqualTo("abc");
        }
    }

    @Test
    void send_noLength_readsToTheEnd() throws IOException {
        assertThat(body("HTTP/1.0 200 OK\r\n\r\nall of it")).isEqualTo("all of it");
    }

    @Test
    void send_bareLineFeeds_areLineEnds() throws IOException {
        assertThat(body("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void send_statusWithoutBody_doesNotWaitForOne(int status) throws IOException {
        CompletableFuture<Void> release = new CompletableFuture<>();
        daemon.on("POST /x", (in, out) -> {
            out.write(("HTTP/1.1 " + status + " X\r\n\r\n").getBytes(ISO_8859_1));
            out.flush();
            release.orTimeout(30, TimeUnit.SECONDS).join();
        });

        try (Response response = send(Request.post("/x"))) {
            assertThat(response.text()).isEmpty();
        } finally {
            release.complete(null);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3\\r\\nabc\\r\\n0\\r\\n\\r\\n | abc",
                "1\\r\\na\\r\\n2;name=value\\r\\nbc\\r\\n0\\r\\n\\r\\n | abc",
                "A\\r\\n0123456789\\r\\n0\\r\\nTrailer: x\\r\\n\\r\\n | 0123456789",
                "0\\r\\n\\r\\n | ''",
            })
    void send_chunked_joinsTheChunks(String chunks, String expected) throws IOException {
        String raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks.replace("\\r\\n", "\r\n");

        assertThat(body(raw)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5\\r\\nabc | in the middle of its answer",
                "3\\r\\nabc\\r\\n | in the middle of its answer",
                "3\\r\\nabcdef\\r\\n | longer than it said",
                "zz\\r\\n | not the size of a chunk: zz",
                "-1\\r\\n | not the size of a chunk: -1",
            })
    void send_brokenChunks_isAnErrorAndNoEnd(String chunks, String message) {
        String raw = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks.replace("\\r\\n", "\r\n");

        assertThatThrownBy(() -> body(raw)).isInstanceOf(IOException.class).hasMessageContaining(message);
    }

    @Test
    void send_chunkArrives_isReadBeforeTheNext() throws Exception {
        CompletableFuture<Void> seen = new CompletableFuture<>();
        daemon.on("GET /events", (in, out) -> {
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\n\r\n".getBytes(ISO_8859_1));
            out.flush();
            seen.orTimeout(30, TimeUnit.SECONDS).join();
            out.write("2\r\nb\n\r\n0\r\n\r\n".getBytes(ISO_8859_1));
        });

        try (Response response = send(Request.get("/events"))) {
            byte[] buffer = new byte[100];
            int read = response.body().read(buffer);
            seen.complete(null);
            assertThat(new String(buffer, 0, read, UTF_8)).isEqualTo("a\n");
            assertThat(response.text()).isEqualTo("b\n");
        }
    }

    @Test
    void send_shortBody_isAnErrorAndNoEnd() {
        assertThatThrownBy(() -> body("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"))
                .isInstanceOf(EOFException.class)
                .hasMessage("the daemon closed the connection 6 bytes before the end of its answer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the daemon closed the connection before it answered",
                "SSH-2.0-x\\r\\n | not an HTTP answer: SSH-2.0-x",
                "HTTP/1.1 abc\\r\\n | not an HTTP answer: HTTP/1.1 abc",
                "HTTP/1.1 20\\r\\n | not an HTTP answer: HTTP/1.1 20",
                "HTTP/1.1 2000 OK\\r\\n | not an HTTP answer: HTTP/1.1 2000 OK",
                "HTTP/2.0 200 OK\\r\\n | not an HTTP answer: HTTP/2.0 200 OK",
                "HTTP/1.1 600 OK\\r\\n | 'not an HTTP status, 100 to 599: HTTP/1.1 600 OK'",
                "HTTP/1.1 200 OK\\r\\nnonsense\\r\\n\\r\\n | not an HTTP header: nonsense",
                "HTTP/1.1 200 OK\\r\\nContent-Length: many\\r\\n\\r\\n | not a Content-Length: many",
            })
    void send_noHttp_saysWhatCame(String raw, String message) {
        assertThatThrownBy(() -> body(raw.replace("\\r\\n", "\r\n")))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void send_endlessHead_isCutOff() {
        String raw = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000);

        assertThatThrownBy(() -> body(raw)).hasMessageContaining("longer than 65536 bytes");
    }

    @Test
    void send_json_hasTypeAndLength() throws IOException {
        daemon.onJson("POST /x", 200, "{}");

        try (Response response = send(Request.post("/x", "{\"a\":1}".getBytes(UTF_8)))) {
            assertThat(response.text()).isEqualTo("{}");
        }
        assertThat(daemon.requests()).containsExactly("POST /x", "{\"a\":1}");
    }

    @Test
    void send_tar_isChunkedWhole() throws IOException {
        byte[] archive = new byte[200_000];
        for (int at = 0; at < archive.length; at++) {
            archive[at] = (byte) (at * 31);
        }
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        daemon.on("POST /load", (in, out) -> {
            received.complete(new ChunkedInputStream(in).readAllBytes());
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
        });

        Request request = new Request("POST", "/load", new Request.Body.Tar(new ByteArrayInputStream(archive)));
        send(request).close();

        assertThat(received.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(archive);
    }

    @Test
    void send_serverRefusesWhileBodyIsSent_givesTheRefusal() throws IOException {
        daemon.on(
                "POST /load",
                (in, out) -> out.write("HTTP/1.1 507 Full\r\nContent-Length: 20\r\n\r\n{\"message\":\"no room\"}"
                        .getBytes(ISO_8859_1)));

        Request request =
                new Request("POST", "/load", new Request.Body.Tar(new ByteArrayInputStream(new byte[50_000_000])));
        try (Response response = send(request)) {
            assertThat(response.status()).isEqualTo(507);
        }
    }

    @Test
    void upgrade_halfClosed_stillReceives() throws IOException {
        daemon.on("POST /attach", (in, out) -> {
            out.write("HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\nfirst ".getBytes(ISO_8859_1));
            out.flush();
            byte[] all = in.readAllBytes();
            out.write(("then " + new String(all, UTF_8)).getBytes(UTF_8));
        });

        try (Response stream = Connection.open(daemon.socket()).upgrade(Request.post("/attach"))) {
            OutputStream out = stream.connection().output();
            out.write("input".getBytes(UTF_8));
            stream.connection().closeOutput();
            assertThat(stream.status()).isEqualTo(101);
            assertThat(stream.text()).isEqualTo("first then input");
        }
    }

    @Test
    void request_targetWithLineEnd_isRefused() {
        assertThatThrownBy(() -> Request.get("/x HTTP/1.1\r\nEvil: yes")).isInstanceOf(IllegalArgumentException.class);
    }
}
