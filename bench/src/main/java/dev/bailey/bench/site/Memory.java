package dev.bailey.bench.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of processes. */
public final class Memory {
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final int BYTES_PER_KIBIBYTE = 1024;

    private Memory() {}

    /** Returns VmRSS of {@code /proc/PID/status} in megabytes of 1,000,000 bytes. */
    public static double residentMegabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                long kibibytes = Long.parseLong(line.replaceAll("\\D", ""));
                return kibibytes * BYTES_PER_KIBIBYTE / BYTES_PER_MEGABYTE;
            }
        }
        throw new IOException("process " + pid + " has no VmRSS: it has ended");
    }
}
