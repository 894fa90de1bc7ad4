package dev.bailey.daemon.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;

/** The way back of one request: the head of its answer, and what goes with it, as bytes. */
final class Answer {
    private static final int CONTINUE = 100;
    private static final int SWITCHING = 101;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final OutputStream client;
    private final boolean http11;
    private final Map<String, String> headers;
    private boolean keepAlive;
    private boolean started;
    private OutputStream open = OutputStream.nullOutputStream();

    /**
     * An answer that has not begun.
     *
     * @param http11 whether the client understands chunks
     * @param keepAlive whether another request may follow
     * @param common header fields of every answer
     */
    Answer(OutputStream client, boolean http11, boolean keepAlive, Map<String, String> common) {
        this.client = client;
        this.http11 = http11;
        this.keepAlive = keepAlive;
        this.headers = new LinkedHashMap<>(common);
    }

    /** Tells a client that waits for it to send the body of its request. */
    void goOn() throws IOException {
        client.write(statusLine(CONTINUE, "Continue").append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sets a header field of the answer. */
    void header(String name, String value) {
        headers.put(name, value);
    }

    /** Says that no other request can follow. */
    void endConnection() {
        keepAlive = false;
    }

    /** Whether the status has been sent. */
    boolean isStarted() {
        return started;
    }

    /** Whether another request may follow, once the answer has ended. */
    boolean keepsConnection() {
        return keepAlive;
    }

    /** Sends a whole answer in one write. */
    void whole(int status, String contentType, byte[] content) throws IOException {
        if (status != NO_CONTENT && status != NOT_MODIFIED) {
            headers.put("Content-Length", Integer.toString(content.length));
        }
        byte[] head = head(status, contentType);
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        client.write(all);
    }

    /** Sends the head of an answer and returns the stream of what follows. */
    OutputStream stream(int status, String contentType) throws IOException {
        if (http11) {
            headers.put("Transfer-Encoding", "chunked");
        } else {
            keepAlive = false;
        }
        client.write(head(status, contentType));
        open = http11 ? new ChunkedOutput(client) : client;
        return open;
    }

    /** Sends the head that ends HTTP on this connection and returns the stream of what follows. */
    OutputStream hijack(boolean upgrade, String contentType) throws IOException {
        keepAlive = false;
        started = true;
        StringBuilder head = upgrade ? statusLine(SWITCHING, "UPGRADED") : statusLine(OK, "OK");
        field(head, "Content-Type", contentType);
        if (upgrade) {
            field(head, "Connection", "Upgrade");
            field(head, "Upgrade", "tcp");
        }
        headers.forEach((name, value) -> field(head, name, value));
        client.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        return client;
    }

    /** Ends what was left open. */
    void end() throws IOException {
        open.close();
    }

    private byte[] head(int status, String contentType) {
        started = true;
        StringBuilder head = statusLine(status, EnglishReasonPhraseCatalog.INSTANCE.getReason(status, null));
        headers.forEach((name, value) -> field(head, name, value));
        if (!contentType.isEmpty()) {
            field(head, "Content-Type", contentType);
        }
        if (!keepAlive || !http11) {
            field(head, "Connection", keepAlive ? "keep-alive" : "close");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static StringBuilder statusLine(int status, String reason) {
        return new StringBuilder(512)
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason)
                .append("\r\n");
    }

    private static void field(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }
}
