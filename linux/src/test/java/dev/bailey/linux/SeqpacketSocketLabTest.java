package dev.bailey.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against socat, which sends back what it gets. */
@Tag("lab")
class SeqpacketSocketLabTest {

    private static final int SOCK_SEQPACKET = 5;

    @TempDir
    private Path folder;

    private @Nullable Process echo;

    @AfterEach
    void stop() throws InterruptedException {
        if (echo != null) {
            echo.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 200})
    void sendAndReceive_pathsOfAnyLength_keepPacketsApart(int nameLength) throws Exception {
        try (SeqpacketSocket socket = connect("s".repeat(nameLength))) {
            for (String packet : new String[] {"one", "two and more", "x".repeat(8000)}) {
                byte[] data = ("--" + packet).getBytes(UTF_8);
                socket.send(data, 2, data.length - 2);
                byte[] answer = new byte[9000];
                int length = socket.receive(answer);
                assertThat(new String(answer, 0, length, UTF_8)).isEqualTo(packet);
            }
        }
    }

    @Test
    void shutdownWrite_otherSideSeesTheEnd() throws Exception {
        try (SeqpacketSocket socket = connect("s")) {
            socket.shutdownWrite();

            assertThat(socket.receive(new byte[16])).isZero();
            assertThatThrownBy(() -> socket.send(new byte[1], 0, 1))
                    .isInstanceOfSatisfying(
                            LinuxException.class,
                            refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EPIPE));
        }
    }

    @Test
    void close_receiverInsideOrOnItsWay_ends() throws Exception {
        long before = OpenFiles.count("socket:");
        SeqpacketSocket socket = connect("s");
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Integer> received = threads.submit(() -> socket.receive(new byte[16]));
            // Long enough that it is inside the call nearly always; where it is not, it meets a closed socket.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            socket.close();

            try {
                assertThat(received.get(10, TimeUnit.SECONDS)).isZero();
            } catch (ExecutionException tooLate) {
                assertThat(tooLate).hasRootCauseInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(OpenFiles.count("socket:")).isEqualTo(before);
    }

    @Test
    void connect_nobodyThere_saysWhere() {
        Path absent = folder.resolve("absent");

        assertThatThrownBy(() -> SeqpacketSocket.connect(absent))
                .hasMessage("connect to " + absent + ": ENOENT (No such file or directory)");
        assertThat(OpenFiles.count(folder.toString())).isZero();
    }

    private SeqpacketSocket connect(String name) throws Exception {
        // socat takes no path that a socket address has no room for: it listens at the name in its working folder.
        Path path = folder.resolve(name);
        echo = new ProcessBuilder("socat", "UNIX-LISTEN:" + shortName(name) + ",type=" + SOCK_SEQPACKET, "PIPE")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        Path listening = folder.resolve(shortName(name));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Files.exists(listening) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        if (!listening.equals(path)) {
            Files.move(listening, path);
        }
        return connectOnceListening(path, deadline);
    }

    /** The file is there from the bind on, and refuses whoever comes before the listen. */
    private static SeqpacketSocket connectOnceListening(Path path, long deadline) throws LinuxException {
        while (true) {
            try {
                return SeqpacketSocket.connect(path);
            } catch (LinuxException refusal) {
                if (!refusal.errno().equals(Errno.ECONNREFUSED) || System.nanoTime() > deadline) {
                    throw refusal;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private static String shortName(String name) {
        return name.length() > 100 ? "s" : name;
    }
}
