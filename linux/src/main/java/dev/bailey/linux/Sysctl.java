package dev.bailey.linux;

import java.nio.file.Path;

/**
 * Kernel settings below {@code /proc/sys}, by their {@code sysctl(8)} names.
 *
 * <p>Names below {@code net.} belong to the network namespace of the calling thread. Dots separate,
 * and a slash stands for a dot in a name ({@code net.ipv4.conf.eth0/1.forwarding}); where a slash
 * comes first, the two change places ({@code net/ipv4/conf/eth0.1/forwarding}).
 */
public final class Sysctl {

    private static final Path ROOT = Path.of("/proc/sys");

    private Sysctl() {}

    /**
     * The value without its line end.
     *
     * @throws LinuxException with {@code ENOENT} when the kernel has no such setting
     */
    public static String read(String name) throws LinuxException {
        try (FileDescriptor file = FileDescriptor.open(path(name), FileDescriptor.Flag.READ_ONLY)) {
            return file.readText().stripTrailing();
        }
    }

    /**
     * Sets a value.
     *
     * @throws LinuxException with {@code EINVAL} when the kernel does not take the value
     */
    public static void write(String name, String value) throws LinuxException {
        write(ROOT, name, value);
    }

    /** Sets a value through the {@code sys} folder of any procfs. */
    static void write(Path root, String name, String value) throws LinuxException {
        Path setting = root.resolve(ROOT.relativize(path(name)));
        try (FileDescriptor file = FileDescriptor.open(setting, FileDescriptor.Flag.WRITE_ONLY)) {
            file.writeText(value + "\n");
        } catch (LinuxException failure) {
            throw new LinuxException("set sysctl", name + " to \"" + value + "\"", failure.errno());
        }
    }

    static Path path(String name) {
        Path path = ROOT.resolve(usesSlashes(name) ? name : swapped(name)).normalize();
        if (!path.startsWith(ROOT) || path.equals(ROOT)) {
            throw new IllegalArgumentException("\"" + name + "\" is not a sysctl name such as net.ipv4.ip_forward");
        }
        return path;
    }

    private static boolean usesSlashes(String name) {
        int slash = name.indexOf('/');
        int dot = name.indexOf('.');
        return slash >= 0 && (dot < 0 || slash < dot);
    }

    private static String swapped(String name) {
        return name.replace('.', '\0').replace('/', '.').replace('\0', '/');
    }
}
