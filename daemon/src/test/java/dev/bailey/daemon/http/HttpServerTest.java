package dev.bailey.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.attachment.DetachRequest;
import dev.bailey.daemon.Failures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpServerTest {
    private static final String PING = "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String PONG_BODY = "\r\n\r\npong";

    @TempDir
    private Path folder;

    private final CountDownLatch clientGone = new CountDownLatch(1);
    private final HttpServer server;
    private Path socket = Path.of("/");

    @BeforeEach
    void listen() throws IOException {
        socket = folder.resolve("s");
        server.listen(socket);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    HttpServerTest() throws IOException {
        server = new HttpServer(
                List.of(
                        Route.get("/ping", exchange -> exchange.text(200, "pong")),
                        Route.head("/ping", exchange -> exchange.text(200, "")),
                        Route.get("/nothing", exchange -> exchange.empty(204)),
                        Route.get("/silent", exchange -> {}),
                        Route.get("/broken", exchange -> {
                            throw new IllegalStateException("half done");
                        }),
                        Route.post("/echo", exchange -> exchange.json(200, exchange.body(DetachRequest.class))),
                        Route.upload("/count", this::count),
                        Route.get("/ticks", HttpServerTest::ticks),
                        Route.get("/endless", this::endless),
                        Route.get("/cut", HttpServerTest::cut),
                        Route.hijack("/upper", HttpServerTest::upper),
                        Route.hijack("/flood", HttpServerTest::flood)),
                Map.of("Server", "Test"),
                Failures::of);
    }

    private void count(Exchange exchange) throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[100_000];
        for (int n = exchange.bodyStream().read(buffer);
                n >= 0;
                n = exchange.bodyStream().read(buffer)) {
            bytes += n;
        }
        exchange.text(200, "<" + bytes + ">");
    }

    private static void ticks(Exchange exchange) throws IOException {
        try (OutputStream answer = exchange.stream(200, "text/plain")) {
            answer.write("a".getBytes(StandardCharsets.US_ASCII));
            answer.write("bc".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void endless(Exchange exchange) throws IOException, InterruptedException {
        exchange.onDisconnect(clientGone::countDown);
        exchange.stream(200, "text/plain");
        clientGone.await();
    }

    private static void cut(Exchange exchange) throws IOException {
        exchange.stream(200, "text/plain").write('a');
        throw new IOException("the source broke");
    }

    private static void upper(Exchange exchange) throws IOException {
        if (exchange.query().flag("refuse")) {
            throw HttpFailure.notFound("no such thing");
        }
        RawStream stream = exchange.hijack("application/test");
        byte[] all = stream.input().readAllBytes();
        stream.output()
                .write(new String(all, StandardCharsets.US_ASCII)
                        .toUpperCase(java.util.Locale.ROOT)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes more than any buffer on the way holds, once the client has closed its half. */
    private static void flood(Exchange exchange) throws IOException {
        RawStream stream = exchange.hijack("application/test");
        assertThat(stream.input().read()).isNegative();
        for (int i = 0; i < 128; i++) {
            stream.output().write(new byte[64 << 10]);
        }
    }

    @Test
    void request_twiceOnOneConnection_isAnsweredTwice() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            client.send(PING);
            String first = client.readUntil(PONG_BODY);
            client.send(PING);
            String second = client.readUntil(PONG_BODY);

            assertThat(first).startsWith("HTTP/1.1 200 OK\r\n").contains("Server: Test\r\n", "Content-Length: 4\r\n");
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void request_threeInOneWrite_areAnsweredInOrder() throws IOException {
        String all = RawClient.exchange(
                socket, PING + "GET /nothing HTTP/1.1\r\n\r\n" + "GET /none HTTP/1.1\r\nConnection: close\r\n\r\n");

        assertThat(all).matches("(?s)HTTP/1.1 200 OK.*pongHTTP/1.1 204 No Content.*HTTP/1.1 404 Not Found.*");
    }

    @Test
    void request_byteByByte_isAnswered() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            for (char c : "POST /echo HTTP/1.1\r\nContent-Length: 12\r\n\r\n{\"name\":\"a\"}".toCharArray()) {
                client.send(String.valueOf(c));
            }

            assertThat(client.readUntil("}")).endsWith("{\"name\":\"a\"}");
        }
    }

    @Test
    void request_inputEndedAfterIt_isAnswered() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            client.send(PING);
            client.endInput();

            assertThat(client.readAll()).endsWith(PONG_BODY);
        }
    }

    @Test
    void head_anywhere_hasNoBody() throws IOException {
        assertThat(RawClient.exchange(socket, "HEAD /ping HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("\r\n\r\n");
    }

    @Test
    void http10_withoutKeepAlive_isClosed() throws IOException {
        assertThat(RawClient.exchange(socket, "GET /ticks HTTP/1.0\r\n\r\n")).endsWith("\r\n\r\nabc");
    }

    @Test
    void stream_isSentInChunksAndLeavesTheConnectionOfUse() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            client.send("GET /ticks HTTP/1.1\r\n\r\n");

            assertThat(client.readUntil("\r\n0\r\n\r\n"))
                    .contains("Transfer-Encoding: chunked")
                    .endsWith("\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n");
            client.send(PING);
            assertThat(client.readUntil(PONG_BODY)).isNotEmpty();
        }
    }

    @Test
    void stream_handlerFails_isCutWithoutItsEnd() throws IOException {
        assertThat(RawClient.exchange(socket, "GET /cut HTTP/1.1\r\n\r\n")).doesNotContain("\r\n0\r\n");
    }

    @Test
    void stream_clientLeaves_handlerHears() throws Exception {
        try (RawClient client = RawClient.connect(socket)) {
            client.send("GET /endless HTTP/1.1\r\n\r\n");
            client.readUntil("\r\n\r\n");
        }

        assertThat(clientGone.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void close_endlessAnswerUnderWay_endsIt() throws Exception {
        try (RawClient client = RawClient.connect(socket)) {
            client.send("GET /endless HTTP/1.1\r\n\r\n");
            client.readUntil("\r\n\r\n");
            server.close();

            assertThat(clientGone.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(client.readAll()).isEqualTo("0\r\n\r\n");
        }
    }

    @Test
    void upload_largerThanEveryBuffer_arrivesWhole() throws IOException {
        byte[] megabyte = new byte[1 << 20];
        try (RawClient client = RawClient.connect(socket)) {
            client.send("POST /count HTTP/1.1\r\nConnection: close\r\nContent-Length: " + (8 << 20) + "\r\n\r\n");
            for (int i = 0; i < 8; i++) {
                client.send(megabyte);
            }

            assertThat(client.readAll()).endsWith("<8388608>");
        }
    }

    @Test
    void upload_inChunks_arrivesWhole() throws IOException {
        assertThat(RawClient.exchange(
                        socket,
                        "POST /count HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "5\r\nhello\r\n2\r\n!!\r\n0\r\n\r\n"))
                .endsWith("<7>");
    }

    @Test
    void expectation_isMet() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            client.send("POST /echo HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("{}");
            assertThat(client.readUntil("{}")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void hijack_halfClosed_outputGoesOn() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            client.send("POST /upper HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 2\r\n\r\n{}");
            String head = client.readUntil("\r\n\r\n");
            client.send("GET / HTTP/1.1\r\n\r\n");
            client.endInput();

            assertThat(head)
                    .startsWith("HTTP/1.1 101 UPGRADED\r\n")
                    .containsIgnoringCase("content-type: application/test\r\n")
                    .containsIgnoringCase("connection: upgrade\r\n")
                    .containsIgnoringCase("upgrade: tcp\r\n");
            assertThat(client.readAll()).isEqualTo("GET / HTTP/1.1\r\n\r\n");
        }
    }

    @Test
    void hijack_halfClosedAndSlow_losesNothing() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            client.send("POST /flood HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
            client.endInput();
            client.readUntil("\r\n\r\n");

            assertThat(client.readAll()).hasSize(8 << 20);
        }
    }

    @Test
    void hijack_streamSentWithTheRequest_losesNothing() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            client.send("POST /upper HTTP/1.1\r\nUpgrade: tcp\r\n\r\nfirst ");
            client.readUntil("\r\n\r\n");
            client.send("second");
            client.endInput();

            assertThat(client.readAll()).isEqualTo("FIRST SECOND");
        }
    }

    @Test
    void hijack_withoutUpgrade_isAnsweredTheOldWay() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            client.send("POST /upper HTTP/1.1\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK")
                    .doesNotContain("chunked");
            client.send("a");
            client.endInput();

            assertThat(client.readAll()).isEqualTo("A");
        }
    }

    @Test
    void hijack_refused_isAnOrdinaryError() throws IOException {
        assertThat(RawClient.exchange(socket, "POST /upper?refuse=1 HTTP/1.1\r\nUpgrade: tcp\r\n\r\n"))
                .startsWith("HTTP/1.1 404 Not Found")
                .contains("Connection: close")
                .endsWith("{\"message\":\"no such thing\"}");
    }

    @Test
    void handler_withoutAnswerOrWithAFault_isA500() throws IOException {
        assertThat(RawClient.exchange(socket, RawClient.request("GET", "/silent", "")))
                .startsWith("HTTP/1.1 500 ")
                .contains("the handler gave no answer");
        assertThat(RawClient.exchange(socket, RawClient.request("GET", "/broken", "")))
                .startsWith("HTTP/1.1 500 ")
                .contains("half done");
    }
}
