package dev.bailey.daemon.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A service manager as far as it listens: socat at a socket, whose output is what it heard. */
public final class Receiver implements AutoCloseable {
    private final String address;
    private final Process socat;
    private final BufferedReader heard;

    private Receiver(String address, Process socat) {
        this.address = address;
        this.socat = socat;
        this.heard = socat.inputReader(UTF_8);
    }

    /** Listens at a file in this folder. */
    public static Receiver listen(Path folder) throws IOException {
        Path path = Files.createTempDirectory(folder, "n").resolve("notify");
        Process socat = new ProcessBuilder("socat", "-u", "UNIX-RECV:" + path, "STDOUT")
                .redirectErrorStream(true)
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Files.exists(path) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return new Receiver(path.toString(), socat);
    }

    /** Returns what NOTIFY_SOCKET has to be. */
    public String address() {
        return address;
    }

    /** Returns the next line that it hears, waiting for it. */
    public String next() throws IOException {
        return String.valueOf(heard.readLine());
    }

    /** Passes over what it hears until a line that starts like this, and returns that. */
    public String next(String start) throws IOException {
        String line = next();
        while (!line.startsWith(start)) {
            if (line.equals("null")) {
                throw new AssertionError("nobody said " + start);
            }
            line = next();
        }
        return line;
    }

    @Override
    public void close() {
        socat.destroyForcibly();
        socat.onExit().join();
    }
}
