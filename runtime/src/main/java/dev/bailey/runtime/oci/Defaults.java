package dev.bailey.runtime.oci;

import dev.bailey.runtime.oci.OciProcess.Capabilities;
import dev.bailey.runtime.oci.OciProcess.Rlimit;
import dev.bailey.runtime.oci.OciSpec.DeviceRule;
import dev.bailey.runtime.oci.OciSpec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What every container gets when nobody says otherwise; the same as under Docker, so that images run alike. */
final class Defaults {
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final List<String> CAPABILITIES = List.of(
            "CAP_CHOWN",
            "CAP_DAC_OVERRIDE",
            "CAP_FSETID",
            "CAP_FOWNER",
            "CAP_MKNOD",
            "CAP_NET_RAW",
            "CAP_SETGID",
            "CAP_SETUID",
            "CAP_SETFCAP",
            "CAP_SETPCAP",
            "CAP_NET_BIND_SERVICE",
            "CAP_SYS_CHROOT",
            "CAP_KILL",
            "CAP_AUDIT_WRITE");

    private static final long OPEN_FILES_SOFT = 1024;
    private static final long OPEN_FILES_HARD = 524_288;
    private static final int HARD_LIMIT_FIELD = 4;

    static final List<Rlimit> RLIMITS = List.of(openFiles());

    static final List<Mount> MOUNTS = List.of(
            new Mount("/proc", "proc", "proc", List.of("nosuid", "noexec", "nodev")),
            new Mount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "strictatime", "mode=755", "size=65536k")),
            new Mount(
                    "/dev/pts",
                    "devpts",
                    "devpts",
                    List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5")),
            new Mount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")),
            new Mount("/sys/fs/cgroup", "cgroup", "cgroup", List.of("nosuid", "noexec", "nodev", "relatime", "ro")),
            new Mount("/dev/mqueue", "mqueue", "mqueue", List.of("nosuid", "noexec", "nodev")),
            new Mount("/dev/shm", "tmpfs", "shm", List.of("nosuid", "noexec", "nodev", "mode=1777", "size=65536k")));

    static final List<String> MASKED_PATHS = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/devices/virtual/powercap",
            "/sys/firmware");

    static final List<String> READ_ONLY_PATHS =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    static final List<DeviceRule> DEVICES = List.of(
            new DeviceRule(false, "a", null, null, "rwm"),
            // Nodes may be made, so that archives unpack, but not used.
            new DeviceRule(true, "c", null, null, "m"),
            new DeviceRule(true, "b", null, null, "m"),
            device(1L, 3L), // null
            device(1L, 5L), // zero
            device(1L, 7L), // full
            device(1L, 8L), // random
            device(1L, 9L), // urandom
            device(5L, 0L), // tty
            device(5L, 1L), // console
            device(5L, 2L), // ptmx
            device(136L, null)); // pts/*

    // Unprivileged programs may bind low ports and ping: both stay inside the container's own network namespace.
    static final Map<String, String> SYSCTL = new TreeMap<>(
            Map.of("net.ipv4.ip_unprivileged_port_start", "0", "net.ipv4.ping_group_range", "0 2147483647"));

    private Defaults() {}

    // The soft limit is what programs expect that walk over all descriptors; the hard one is systemd's, or this
    // process's own where that is lower and cannot be raised.
    private static Rlimit openFiles() {
        try (Stream<String> limits = Files.lines(Path.of("/proc/self/limits"))) {
            long own = limits.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" +")[HARD_LIMIT_FIELD])
                    .mapToLong(hard -> hard.equals("unlimited") ? OPEN_FILES_HARD : Long.parseLong(hard))
                    .findFirst()
                    .orElse(OPEN_FILES_HARD);
            return new Rlimit("RLIMIT_NOFILE", Math.min(own, OPEN_FILES_HARD), Math.min(own, OPEN_FILES_SOFT));
        } catch (IOException unreadable) {
            throw new IllegalStateException("cannot read /proc/self/limits: is /proc mounted?", unreadable);
        }
    }

    /** What a user may do: only root has any of it switched on. */
    static Capabilities capabilities(OciUser user) {
        List<String> held = user.uid() == 0 ? CAPABILITIES : List.of();
        return new Capabilities(CAPABILITIES, held, held);
    }

    private static DeviceRule device(Long major, @Nullable Long minor) {
        return new DeviceRule(true, "c", major, minor, "rwm");
    }
}
