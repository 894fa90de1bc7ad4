package dev.bailey.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Where and when a run was.
 *
 * @param begin when it began
 * @param kernel the kernel's release
 * @param processors how many processors there were
 * @param java the version of the JDK
 * @param load the average numbers of busy processes over 1, 5 and 15 minutes, when it began
 */
public record Environment(Instant begin, String kernel, int processors, String java, String load) {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /** Returns that of this moment. */
    public static Environment now() throws IOException {
        String[] load = Files.readString(Path.of("/proc/loadavg")).split(" ", 4);
        return new Environment(
                Instant.now(),
                System.getProperty("os.version", "unknown"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                String.join(", ", load[0], load[1], load[2]));
    }

    /** Returns the line above the tables. */
    String text() {
        return "%s; kernel %s, %d processors, JDK %s; load average at the start %s"
                .formatted(MINUTE.format(begin), kernel, processors, java, load);
    }
}
