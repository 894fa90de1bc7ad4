package dev.bailey.daemon.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this machine says about itself. */
final class Host {
    private static final long BYTES_PER_KIB = 1024;

    private Host() {}

    /** The processor architecture as the kernel names it, {@code x86_64} or {@code aarch64}. */
    static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    /** The processor architecture as images name it, {@code amd64} or {@code arm64}. */
    static String goArchitecture() {
        String name = System.getProperty("os.arch");
        return name.equals("aarch64") ? "arm64" : name;
    }

    /** The running kernel's release. */
    static String kernelRelease() {
        return System.getProperty("os.version");
    }

    /** The host's name. */
    static String name() {
        return firstLine("/proc/sys/kernel/hostname");
    }

    /** Whether IPv4 packets are forwarded between interfaces. */
    static boolean forwards() {
        return firstLine("/proc/sys/net/ipv4/ip_forward").equals("1");
    }

    /** The system's name for people, as os-release(5) has it. */
    static String operatingSystem() {
        return lines("/etc/os-release").stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
                .findFirst()
                .orElse("Linux");
    }

    /** Bytes of memory. */
    static long memoryBytes() {
        return lines("/proc/meminfo").stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kib -> Long.parseLong(kib) * BYTES_PER_KIB)
                .findFirst()
                .orElse(0);
    }

    /** Which version of control groups is mounted at the usual place, {@code 1} or {@code 2}. */
    static String cgroupVersion() {
        return Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")) ? "2" : "1";
    }

    private static String firstLine(String file) {
        return lines(file).stream().findFirst().orElse("");
    }

    /** Nothing of this is needed to work: a file that cannot be read has nothing to say. */
    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
