package dev.bailey.bench.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UnixHttpClientTest {
    private static final byte[] ANY = UnixHttpClient.request("GET", "/");

    private ServerSocketChannel listener;
    private UnixHttpClient client;
    private SocketChannel server;

    @BeforeEach
    void connect(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("s");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        client = UnixHttpClient.connect(socket);
        server = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listener.close();
    }

    private void answer(String text) throws IOException {
        ByteBuffer bytes = UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            server.write(bytes);
        }
    }

    @Test
    void exchange_withLength_bodyIsReadToItsEndAndNoFurther() throws IOException {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab" + "HTTP/1.1 204 No Content\r\n\r\n");

        assertThat(client.exchange(ANY)).isEqualTo(new HttpAnswer(200, "ab"));
        assertThat(client.exchange(ANY)).isEqualTo(new HttpAnswer(204, ""));
    }

    @Test
    void exchange_chunked_chunksAreJoined() throws IOException {
        answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n");
        answer("HTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\nx");

        assertThat(client.exchange(ANY)).isEqualTo(new HttpAnswer(200, "abc0123456789"));
        assertThat(client.exchange(ANY)).isEqualTo(new HttpAnswer(404, "x"));
    }

    @Test
    void exchange_request_isSentAsItIs() throws IOException {
        answer("HTTP/1.1 204 No Content\r\n\r\n");
        client.exchange(UnixHttpClient.request("POST", "/a", "{}"));

        ByteBuffer received = ByteBuffer.allocate(1000);
        server.read(received);
        assertThat(new String(received.array(), 0, received.position(), UTF_8))
                .startsWith("POST /a HTTP/1.1\r\n")
                .contains("Content-Length: 2\r\n")
                .endsWith("\r\n\r\n{}");
    }

    @Test
    void exchange_serverCloses_isSaid() throws IOException {
        answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
        server.shutdownOutput();

        assertThatThrownBy(() -> client.exchange(ANY)).isInstanceOf(EOFException.class);
    }

    @Test
    void exchange_notHttp_isSaid() throws IOException {
        answer("SSH-2.0-x\r\n");

        assertThatThrownBy(() -> client.exchange(ANY)).hasMessage("not an answer of HTTP/1: SSH-2.0-x");
    }

    @Test
    void orThrow_failure_tellsStatusAndBody() {
        assertThatThrownBy(() -> new HttpAnswer(409, "taken\n").orThrow("attach"))
                .hasMessage("attach was answered 409: taken");
    }
}
