package dev.bailey.cli.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One HTTP request.
 *
 * @param method {@code GET}, {@code POST}, …
 * @param target path and query, already encoded
 * @param body what is sent after the head
 */
public record Request(String method, String target, Body body) {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};

    /** What a request carries. */
    public sealed interface Body {
        /** Returns the lines of the head that describe it, each with its end. */
        String headers();

        /** Writes it. */
        void writeTo(OutputStream out) throws IOException;

        /** Nothing. */
        record Empty() implements Body {
            @Override
            public String headers() {
                return "Content-Length: 0\r\n";
            }

            @Override
            public void writeTo(OutputStream out) {}
        }

        /** JSON text whose length is known. */
        record Json(byte[] bytes) implements Body {
            @Override
            public String headers() {
                return "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n";
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(bytes);
            }
        }

        /** A tar archive of unknown length, sent in chunks; the stream stays the caller's. */
        record Tar(InputStream stream) implements Body {
            @Override
            public String headers() {
                return "Content-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n";
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                    if (read > 0) {
                        out.write((Integer.toHexString(read) + "\r\n").getBytes(US_ASCII));
                        out.write(buffer, 0, read);
                        out.write(LINE_END);
                    }
                }
                out.write("0\r\n\r\n".getBytes(US_ASCII));
            }
        }
    }

    /** Checks that nothing in the head can be taken for another line of it. */
    public Request {
        String words = method + target;
        for (int i = 0; i < words.length(); i++) {
            if (words.charAt(i) <= ' ' || words.charAt(i) >= 127) {
                throw new IllegalArgumentException("a request line takes printable ASCII only: " + target);
            }
        }
    }

    /** Returns a request without a body. */
    public static Request get(String target) {
        return new Request("GET", target, new Body.Empty());
    }

    /** Returns a request that sends nothing but its line. */
    public static Request post(String target) {
        return new Request("POST", target, new Body.Empty());
    }

    /** Returns a request that sends JSON. */
    public static Request post(String target, byte[] json) {
        return new Request("POST", target, new Body.Json(json));
    }

    /** Returns a request that removes something. */
    public static Request delete(String target) {
        return new Request("DELETE", target, new Body.Empty());
    }

    void writeTo(OutputStream out, boolean upgrade) throws IOException {
        String head = method + " " + target + " HTTP/1.1\r\nHost: bailey\r\nUser-Agent: bailey\r\n"
                + (upgrade ? "Connection: Upgrade\r\nUpgrade: tcp\r\n" : "")
                + body.headers() + "\r\n";
        out.write(head.getBytes(US_ASCII));
        body.writeTo(out);
        out.flush();
    }
}
