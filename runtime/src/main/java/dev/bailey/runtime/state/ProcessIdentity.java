package dev.bailey.runtime.state;

import io.avaje.jsonb.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, told apart from every other that had or will have its pid.
 *
 * @param pid in the host's pid namespace
 * @param startTicks when it was started, in clock ticks since the boot: field 22 of {@code proc_pid_stat(5)}
 * @param bootId of the kernel's run: {@code /proc/sys/kernel/random/boot_id}
 */
@Json
public record ProcessIdentity(int pid, long startTicks, String bootId) {
    /** No process. */
    public static final ProcessIdentity NONE = new ProcessIdentity(0, 0, "");

    private static final String BOOT_ID = readBootId();
    private static final int STATE_FIELD = 0;
    private static final int START_FIELD = 19;

    /** The process that has a pid now; empty when there is none, or only what is left of one. */
    public static Optional<ProcessIdentity> of(int pid) {
        if (pid <= 0) {
            return Optional.empty();
        }
        try {
            // The name in parentheses may hold anything, so count from the last one that closes.
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean dead = fields[STATE_FIELD].equals("Z") || fields[STATE_FIELD].equals("X");
            return dead
                    ? Optional.empty()
                    : Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[START_FIELD]), BOOT_ID));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether this very process still runs. */
    public boolean alive() {
        return bootId.equals(BOOT_ID) && of(pid).filter(this::equals).isPresent();
    }

    private static String readBootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read the boot id: is /proc mounted?", unreadable);
        }
    }
}
