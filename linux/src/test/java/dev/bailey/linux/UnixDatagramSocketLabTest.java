package dev.bailey.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against socat, which prints what it gets. */
@Tag("lab")
@Timeout(60)
class UnixDatagramSocketLabTest {
    @TempDir
    private Path folder;

    private @Nullable Process receiver;

    @AfterEach
    void stop() throws InterruptedException {
        if (receiver != null) {
            receiver.destroyForcibly().waitFor();
        }
    }

    @Test
    void send_toAFile_arrives() throws Exception {
        Path path = folder.resolve("socket");
        BufferedReader received = receive("UNIX-RECV:" + path);
        awaitReceiver(() -> Files.exists(path));

        try (UnixDatagramSocket socket = UnixDatagramSocket.connect(path.toString())) {
            socket.send("READY=1\n");
            socket.send("WATCHDOG=1 über\n");
        }

        assertThat(received.readLine()).isEqualTo("READY=1");
        assertThat(received.readLine()).isEqualTo("WATCHDOG=1 über");
    }

    @Test
    void send_toAnAbstractName_arrives() throws Exception {
        String name = "bailey-test/" + ProcessHandle.current().pid();
        BufferedReader received = receive("ABSTRACT-RECV:" + name);
        awaitReceiver(() -> Files.readString(Path.of("/proc/net/unix")).contains("@" + name));

        try (UnixDatagramSocket socket = UnixDatagramSocket.connect("@" + name)) {
            socket.send("STOPPING=1\n");
        }

        assertThat(received.readLine()).isEqualTo("STOPPING=1");
    }

    @Test
    void connect_nobodyThere_saysWhere() {
        long before = OpenFiles.count("socket:");

        assertThatThrownBy(() -> UnixDatagramSocket.connect(folder + "/absent"))
                .hasMessage("connect to " + folder + "/absent: ENOENT (No such file or directory)");
        assertThat(OpenFiles.count("socket:")).isEqualTo(before);
    }

    @Test
    void connect_notAnAddress_isRefused() {
        for (String bad : new String[] {"", "@", "relative", "/" + "x".repeat(107), "/a\0b"}) {
            assertThatThrownBy(() -> UnixDatagramSocket.connect(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("would be right");
        }
    }

    private BufferedReader receive(String address) throws Exception {
        receiver = new ProcessBuilder("socat", "-u", address, "STDOUT")
                .redirectErrorStream(true)
                .start();
        return receiver.inputReader(UTF_8);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void awaitReceiver(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.holds() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
