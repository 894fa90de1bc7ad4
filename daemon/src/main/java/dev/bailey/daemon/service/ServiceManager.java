package dev.bailey.daemon.service;

import dev.bailey.linux.LinuxException;
import dev.bailey.linux.UnixDatagramSocket;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that started this process and waits to hear how it is: systemd, start-stop-daemon, or whoever else speaks
 * sd_notify(3). Where nobody waits, nothing is said.
 *
 * <p>What cannot be said is logged and otherwise makes no difference. For platform threads; any of them.
 */
public final class ServiceManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String INTERVAL = "WATCHDOG_USEC";
    private static final String WATCHED = "WATCHDOG_PID";

    private final Optional<UnixDatagramSocket> socket;
    private final Optional<Duration> watchdog;

    private ServiceManager(Optional<UnixDatagramSocket> socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /**
     * Finds the service manager by the variables that it sets for its services.
     *
     * @param environment of this process
     * @param pid of this process, which the watchdog may be meant for or not
     */
    public static ServiceManager find(Map<String, String> environment, long pid) {
        String address = environment.getOrDefault(SOCKET, "");
        if (address.isEmpty()) {
            return new ServiceManager(Optional.empty(), Optional.empty());
        }
        try {
            return new ServiceManager(Optional.of(UnixDatagramSocket.connect(address)), watchdog(environment, pid));
        } catch (LinuxException | IllegalArgumentException e) {
            LOG.warn("{} leads to no service manager: {}", SOCKET, e.getMessage());
            return new ServiceManager(Optional.empty(), Optional.empty());
        }
    }

    private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        String micros = environment.getOrDefault(INTERVAL, "");
        String watched = environment.getOrDefault(WATCHED, String.valueOf(pid));
        if (!watched.equals(String.valueOf(pid)) || !micros.matches("[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        return Optional.of(Duration.of(Long.parseLong(micros), ChronoUnit.MICROS));
    }

    /** How long it waits for a sign of life before it ends this process; empty where it keeps no watchdog. */
    public Optional<Duration> watchdogInterval() {
        return watchdog;
    }

    /**
     * Says that the service is up, or again itself after a reload.
     *
     * @param status what it does, in one line for people
     */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + status.replace('\n', ' ') + "\n");
    }

    /** Says that the service reads its settings again and is busy until the next {@link #ready}. */
    public void reloading() {
        // CLOCK_MONOTONIC, which is what nanoTime reads on Linux: see the clock's time in sd_notify(3).
        send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000 + "\n");
    }

    /** Says that the service is about to end in good order. */
    public void stopping() {
        send("STOPPING=1\n");
    }

    /** Gives the sign of life that the watchdog waits for. */
    public void alive() {
        send("WATCHDOG=1\n");
    }

    private void send(String state) {
        socket.ifPresent(receiver -> {
            try {
                receiver.send(state);
            } catch (LinuxException e) {
                LOG.warn(
                        "the service manager did not take {}: {}",
                        state.lines().findFirst().orElse(""),
                        e.getMessage());
            }
        });
    }

    /** Lets go of its socket. */
    @Override
    public void close() {
        socket.ifPresent(UnixDatagramSocket::close);
    }
}
