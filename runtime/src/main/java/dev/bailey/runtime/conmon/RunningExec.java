package dev.bailey.runtime.conmon;

import dev.bailey.runtime.AttachStreams;
import java.util.Optional;

/**
 * An exec that was started.
 *
 * @param pid of its process in the host's pid namespace
 * @param streams attached since before its first byte
 * @param monitor reports its end
 */
public record RunningExec(int pid, AttachStreams streams, MonitorProcess monitor) {
    /** What stands for the exit code of a process whose end nobody saw. */
    private static final int UNKNOWN = 255;

    /** Waits for the process to end; its exit code, or 255 when its conmon was killed. */
    public int await() throws InterruptedException {
        try {
            Optional<SyncMessage> end = monitor.await();
            return end.map(SyncMessage::data).filter(code -> code >= 0).orElse(UNKNOWN);
        } finally {
            monitor.close();
        }
    }
}
