package dev.bailey.cli.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.cli.FakeDaemon;
import dev.bailey.cli.http.Connection;
import dev.bailey.cli.http.Request;
import dev.bailey.cli.http.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AttachmentTest {
    private static final byte[] UPGRADED = "HTTP/1.1 101 UPGRADED\r\n\r\n".getBytes(ISO_8859_1);

    @TempDir
    Path folder;

    private FakeDaemon daemon;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<String> received = new CompletableFuture<>();

    @BeforeEach
    void listen() throws IOException {
        daemon = new FakeDaemon(folder.resolve("socket"));
    }

    @AfterEach
    void close() throws IOException {
        daemon.close();
    }

    private Attachment.End type(String typed, boolean terminal, boolean detachable) throws IOException {
        StandardStreams local = new StandardStreams(new ByteArrayInputStream(typed.getBytes(UTF_8)), out, err);
        try (Response stream = Connection.open(daemon.socket()).upgrade(Request.post("/attach"))) {
            Attachment attachment = new Attachment(stream, local, terminal);
            attachment.startInput(detachable);
            return attachment.copyOutput();
        }
    }

    /** Reads all that is typed, then answers. */
    private void answerAfterInput(String answer) {
        daemon.on("POST /attach", (in, target) -> {
            target.write(UPGRADED);
            target.flush();
            received.complete(new String(in.readAllBytes(), UTF_8));
            target.write(answer.getBytes(ISO_8859_1));
        });
    }

    private String received() {
        return received.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void copyOutput_detachKeys_leaveTheProcess() throws IOException {
        answerAfterInput("never read");

        assertThat(type("abc\u0010\u0011def", true, true)).isEqualTo(Attachment.End.PERSON_LEFT);
        assertThat(received()).isEqualTo("abc");
        assertThat(out.size()).isZero();
    }

    @Test
    void copyOutput_detachKeysInAFile_areData() throws IOException {
        answerAfterInput("\2\0\0\0\0\0\0\2ok");

        assertThat(type("abc\u0010\u0011def", false, false)).isEqualTo(Attachment.End.PROCESS_ENDED);
        assertThat(received()).isEqualTo("abc\u0010\u0011def");
        assertThat(err.toString(UTF_8)).isEqualTo("ok");
    }

    @Test
    void copyOutput_terminal_isCopiedAsItComes() throws IOException {
        answerAfterInput("\1\0\0 no frames");

        assertThat(type("", true, true)).isEqualTo(Attachment.End.PROCESS_ENDED);
        assertThat(out.toString(ISO_8859_1)).isEqualTo("\1\0\0 no frames");
    }

    @Test
    void copyOutput_processTakesNoInput_stillGivesItsOutput() throws IOException {
        daemon.on("POST /attach", (in, target) -> {
            target.write(UPGRADED);
            target.write("\1\0\0\0\0\0\0\4done".getBytes(ISO_8859_1));
        });

        assertThat(type("x".repeat(1_000_000), false, false)).isEqualTo(Attachment.End.PROCESS_ENDED);
        assertThat(out.toString(UTF_8)).isEqualTo("done");
    }

    @Test
    void copyOutput_cutFrame_isAnError() {
        answerAfterInput("\1\0\0\0\0\0\0\4do");

        assertThatThrownBy(() -> type("", false, false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in the middle of a frame");
    }
}
