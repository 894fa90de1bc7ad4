package dev.bailey.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The answer to a request: its head, read already, and its body as a stream. Closing it closes the connection. */
public final class Response implements AutoCloseable {
    private static final int HEAD_LIMIT_BYTES = 64 * 1024;
    private static final int STATUS_START = "HTTP/1.1 ".length();
    private static final int STATUS_END = STATUS_START + 3;

    private final Connection connection;
    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;

    private Response(Connection connection, int status, Map<String, String> headers, InputStream body) {
        this.connection = connection;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static Response read(Connection connection, InputStream in, String method) throws IOException {
        HeadReader head = new HeadReader(in);
        int status = statusOf(head.line());
        Map<String, String> headers = new HashMap<>();
        for (String line = head.line(); !line.isEmpty(); line = head.line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("not an HTTP header: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Response(connection, status, headers, bodyOf(in, method, status, headers));
    }

    /** Reads {@code HTTP/1.1 200 OK}; without a pattern, whose setting up costs as much as the whole exchange. */
    private static int statusOf(String line) throws IOException {
        boolean known = line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ");
        boolean whole = line.length() == STATUS_END || line.indexOf(' ', STATUS_START) == STATUS_END;
        if (!known || !whole) {
            throw new IOException("not an HTTP answer: " + line);
        }
        int status = 0;
        for (char c : line.substring(STATUS_START, STATUS_END).toCharArray()) {
            if (c < '0' || c > '9') {
                throw new IOException("not an HTTP answer: " + line);
            }
            status = status * 10 + c - '0';
        }
        if (status < 100 || status > 599) {
            throw new IOException("not an HTTP status, 100 to 599: " + line);
        }
        return status;
    }

    private static InputStream bodyOf(InputStream in, String method, int status, Map<String, String> headers)
            throws IOException {
        if (status == 101) {
            return in;
        }
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            return new ChunkedInputStream(in);
        }
        String length = headers.get("content-length");
        if (length == null) {
            return in;
        }
        try {
            return new FixedLengthInputStream(in, Long.parseUnsignedLong(length));
        } catch (NumberFormatException e) {
            throw new IOException("not a Content-Length: " + length, e);
        }
    }

    /** Returns the status code, 100 to 599. */
    public int status() {
        return status;
    }

    /** Returns a header by its name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Returns the body; after an upgrade, what the other side sends. Ends early with {@link EOFException}. */
    public InputStream body() {
        return body;
    }

    /** Reads the rest of the body as text. */
    public String text() throws IOException {
        return new String(body.readAllBytes(), UTF_8);
    }

    /** Returns the connection, for what an upgrade needs of it. */
    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** Reads lines byte by byte and no byte too far, up to a limit for the whole head. */
    private static final class HeadReader {
        private final InputStream in;
        private int budget = HEAD_LIMIT_BYTES;

        HeadReader(InputStream in) {
            this.in = in;
        }

        String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(80);
            for (int read = in.read(); read != '\n'; read = in.read()) {
                if (read < 0) {
                    throw new EOFException("the daemon closed the connection before it answered");
                }
                if (--budget == 0) {
                    throw new IOException("the head of an answer is longer than " + HEAD_LIMIT_BYTES + " bytes");
                }
                line.write(read);
            }
            String text = line.toString(ISO_8859_1);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
