package dev.bailey.bench.contender;

import dev.bailey.bench.http.UnixHttpClient;
import dev.bailey.bench.site.Child;
import dev.bailey.bench.site.Interruption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The wait for a daemon's first answer. */
final class Readiness {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 1;

    private Readiness() {}

    /**
     * Asks every millisecond until the daemon answers.
     *
     * @param path what to ask for
     * @throws IOException when the process ends before, or takes minutes
     */
    static void await(Child daemon, Path socket, String path) throws IOException {
        byte[] request = UnixHttpClient.request("GET", path);
        long begin = System.nanoTime();
        while (!answers(socket, request)) {
            if (!daemon.isAlive()) {
                throw daemon.failure("the daemon ended before it answered");
            }
            if (System.nanoTime() - begin > TIMEOUT.toNanos()) {
                throw daemon.failure("the daemon did not answer within " + TIMEOUT.toSeconds() + " s");
            }
            Interruption.sleepMillis(PAUSE_MILLIS);
        }
    }

    private static boolean answers(Path socket, byte[] request) {
        try (UnixHttpClient client = UnixHttpClient.connect(socket)) {
            return client.exchange(request).status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
