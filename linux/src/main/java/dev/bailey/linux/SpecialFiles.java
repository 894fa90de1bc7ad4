package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.NodeCalls;
import java.nio.file.Path;

/** Makes files that are no plain files; their mode is 0600 less the umask until somebody sets it. */
public final class SpecialFiles {

    private static final int S_IFIFO = 0010000;
    private static final int S_IFCHR = 0020000;
    private static final int S_IFBLK = 0060000;
    private static final int MODE = 0600;

    private SpecialFiles() {}

    /** Makes a named pipe. */
    public static void makePipe(Path path) throws LinuxException {
        LinuxException.check(NodeCalls.mknod(path.toString(), S_IFIFO | MODE, 0), "make pipe", path);
    }

    /** Makes a device node. Needs CAP_MKNOD. */
    public static void makeDevice(Path path, boolean block, int major, int minor) throws LinuxException {
        int mode = (block ? S_IFBLK : S_IFCHR) | MODE;
        LinuxException.check(NodeCalls.mknod(path.toString(), mode, device(major, minor)), "make device", path);
    }

    // As glibc packs them in makedev(3); the kernel reads the low 32 bits: minor 0-7, major 8-19, minor 20-31.
    private static long device(int major, int minor) {
        return (minor & 0xFFL) | ((major & 0xFFFL) << 8) | ((minor & 0xFFF00L) << 12);
    }
}
