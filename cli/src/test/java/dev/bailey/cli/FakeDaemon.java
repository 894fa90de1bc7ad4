package dev.bailey.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Unix socket that answers each request line with the bytes a test wrote for it, and keeps what it
 * was sent. Every connection has a thread of its own.
 */
public final class FakeDaemon implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Path socket;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What a connection does after the head of a request has come. */
    @FunctionalInterface
    public interface Answer {
        /** Answers; the connection is closed afterwards. */
        void give(InputStream in, OutputStream out) throws IOException;
    }

    /** Listens at a path that must not exist. */
    public FakeDaemon(Path socket) throws IOException {
        this.socket = socket;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    /** Returns the path of the socket. */
    public Path socket() {
        return socket;
    }

    /** Sets the answer to a request line without its version, {@code GET /info} for one. */
    public FakeDaemon on(String line, Answer answer) {
        answers.put(line, answer);
        return this;
    }

    /** Sets an answer of raw text, each character a byte. */
    public FakeDaemon on(String line, String raw) {
        return on(line, (in, out) -> out.write(raw.getBytes(ISO_8859_1)));
    }

    /** Sets an answer with a JSON body. */
    public FakeDaemon onJson(String line, int status, String json) {
        return on(line, "HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s".formatted(status, json.length(), json));
    }

    /** Returns the request lines so far, and after each the body if it had one. */
    public List<String> requests() {
        return requests;
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofPlatform().daemon().start(() -> talk(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(SocketChannel client) {
        try (client) {
            InputStream in = Channels.newInputStream(client);
            OutputStream out = Channels.newOutputStream(client);
            String head = head(in);
            if (head.isEmpty()) {
                return;
            }
            String line = head.substring(0, head.indexOf(" HTTP/1.1"));
            requests.add(line);
            int length = length(head);
            if (length > 0) {
                requests.add(new String(in.readNBytes(length), ISO_8859_1));
            }
            Answer answer = answers.get(line);
            if (answer == null) {
                out.write("HTTP/1.1 404 Not Found\r\nContent-Length: 30\r\n\r\n{\"message\":\"nothing at there\"}\n"
                        .getBytes(ISO_8859_1));
            } else {
                answer.give(in, out);
            }
        } catch (IOException e) {
            requests.add("broken: " + e.getMessage());
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                return "";
            }
            head.append((char) read);
        }
        return head.toString();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
