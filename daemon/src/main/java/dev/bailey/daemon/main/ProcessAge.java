package dev.bailey.daemon.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How long this process has been there, JVM start included. */
final class ProcessAge {
    /** Ticks of a second in proc(5), on every architecture of Linux. */
    private static final long TICKS = 100;

    /** The field {@code starttime} of /proc/PID/stat, counted from the one after the command's closing parenthesis. */
    private static final int START_TIME = 19;

    private ProcessAge() {}

    /** The age, to a hundredth of a second. */
    static Duration now() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        long startTicks =
                Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[START_TIME]);
        String uptime = Files.readString(Path.of("/proc/uptime"));
        long upMillis = Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
        return Duration.ofMillis(upMillis - startTicks * 1000 / TICKS);
    }
}
