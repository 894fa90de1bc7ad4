package dev.bailey.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.container.CreateContainerRequest;
import dev.bailey.daemon.Failures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BadRequestTest {
    @TempDir
    private Path folder;

    private final HttpServer server;
    private Path socket = Path.of("/");

    BadRequestTest() throws IOException {
        server = new HttpServer(
                List.of(Route.post(
                        "/create",
                        exchange -> exchange.text(
                                200, exchange.body(CreateContainerRequest.class).image()))),
                Map.of(),
                Failures::of);
    }

    @BeforeEach
    void listen() throws IOException {
        socket = folder.resolve("s");
        server.listen(socket);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Image\":\"a\"}|200 OK|a",
                "{\"Image\":\"a\",\"New\":{\"x\":[1]}}|200 OK|a",
                "{\"Image\":\"a\",\"HostConfig\":null}|200 OK|a",
                "``|400 Bad Request|the request has no body: it must be a JSON object",
                "{\"Image\":|400 Bad Request|$.Image",
                "{\"Env\":7}|400 Bad Request|$.Env",
                "[]|400 Bad Request|the request's body is not the JSON it must be",
                "{\"Image\":7}|400 Bad Request|$.Image",
                "{\"Image\":\"a\",\"Tty\":\"x\"}|400 Bad Request|$.Tty",
                "{\"HostConfig\":{\"Dns\":[\"a\",{}]}}|400 Bad Request|$.HostConfig.Dns",
                "{\"Env\":[null]}|400 Bad Request|a list has an element that is null; leave it out"
            })
    void body_isReadOrRefusedWithItsPlace(String body, String status, String part) throws IOException {
        assertThat(RawClient.exchange(socket, RawClient.request("POST", "/create", body)))
                .startsWith("HTTP/1.1 " + status)
                .contains(part);
    }

    @Test
    void body_tooLarge_isRefusedBeforeItIsSent() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            client.send("POST /create HTTP/1.1\r\nContent-Length: 4194305\r\n\r\n");

            assertThat(client.readUntil("}"))
                    .startsWith("HTTP/1.1 413 ")
                    .endsWith("{\"message\":\"the request's body is larger than the 4194304 bytes it may have\"}");
        }
    }

    @Test
    void body_chunkedAndTooLarge_isRefused() throws IOException {
        try (RawClient client = RawClient.connect(socket)) {
            client.send("POST /create HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n400001\r\n");
            client.send(new byte[0x400001]);

            assertThat(client.readUntil("}")).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void head_notHttp_isRefused() throws IOException {
        assertThat(RawClient.exchange(socket, "WHAT\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("{\"message\":\"the request is not HTTP/1.1");
    }

    @Test
    void head_lineTooLongOrTooManyFields_isRefused() throws IOException {
        String message =
                "{\"message\":\"the request's head is too large: a line may have 16384 bytes, the header 100 lines\"}";
        assertThat(RawClient.exchange(socket, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .endsWith(message);
        assertThat(RawClient.exchange(socket, "GET / HTTP/1.1\r\nA: " + "a".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .endsWith(message);
        assertThat(RawClient.exchange(socket, "GET / HTTP/1.1\r\n" + "A: a\r\n".repeat(101) + "\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .endsWith(message);
    }

    @Test
    void body_lengthNotClear_isRefused() throws IOException {
        assertThat(RawClient.exchange(
                        socket, "POST /create HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(RawClient.exchange(socket, "POST /create HTTP/1.1\r\nContent-Length: x\r\n\r\n{}"))
                .startsWith("HTTP/1.1 400 ")
                .contains("the length of the request's body is not clear");
        assertThat(RawClient.exchange(socket, "POST /create HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n{}"))
                .startsWith("HTTP/1.1 400 ");
    }
}
